"""Tra cứu: one table of words for all kinds of records, read with the reader's own rights."""
