"""Bộ kiểm thử."""
