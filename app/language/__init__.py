"""Ngôn ngữ hành chính: the written Vietnamese of offices, read and written by pure functions."""
