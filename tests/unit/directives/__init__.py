"""Kiểm thử chỉ đạo, không qua trang."""
