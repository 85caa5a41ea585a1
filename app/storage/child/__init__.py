"""Bên trong buồng cách ly: the parsers. Imported only by the jail's own process (a test holds it)."""
