"""Bố cục văn bản: lines, paragraphs and their numbering, read from plain text of any origin."""
