"""Phần chạy trong buồng cách ly: everything that opens a PDF. No key and no secret ever comes here."""
