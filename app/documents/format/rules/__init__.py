"""Quy tắc thể thức, one module per part of the page."""
