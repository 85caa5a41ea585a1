"""Chỉ đạo, nhiệm vụ giao: directives and their parts, progress, extension, urging, figures that are their rows."""
