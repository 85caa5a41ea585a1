"""Kho tệp: files by SHA-256, the limited child that parses foreign bytes, and how files are served."""
