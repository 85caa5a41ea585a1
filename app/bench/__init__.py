"""Đo tốc độ: the real server on large databases, beside a bare page under the same server."""
