"""Khung trang: guards, forms, errors, navigation and the look. Knows Flask, knows no domain."""
