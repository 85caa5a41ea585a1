"""Kiểm thử cuộc họp."""
