"""Liên thông văn bản: an issued document becomes one package, with one delivery and its state for each recipient."""
