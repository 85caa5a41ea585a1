"""Văn bản: incoming and outgoing documents of an agency, from draft to issue and from arrival to result."""
