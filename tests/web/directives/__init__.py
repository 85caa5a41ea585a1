"""Kiểm thử trang chỉ đạo."""
