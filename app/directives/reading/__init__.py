"""Đọc nhiệm vụ từ văn bản: what the reader found, matched to agencies of the tree, to be confirmed on one screen."""
