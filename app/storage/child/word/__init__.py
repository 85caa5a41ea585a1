"""Tệp Word như người đọc thấy: what Word would show of each line, and how to change one property of it."""
