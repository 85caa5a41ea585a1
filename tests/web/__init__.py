"""Kiểm thử."""
