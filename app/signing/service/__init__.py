"""Các việc ký số."""
