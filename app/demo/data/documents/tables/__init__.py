"""Mẫu trích yếu theo lĩnh vực. A pattern begins in lower case and leaves out the name of the type."""
