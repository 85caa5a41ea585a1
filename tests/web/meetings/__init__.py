"""Kiểm thử trang cuộc họp."""
