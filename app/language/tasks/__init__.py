"""Nhiệm vụ giao trong văn bản: a grammar of the sentences by which offices give work to offices."""
