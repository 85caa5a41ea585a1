"""Gói tin edXML trong buồng cách ly: strict about what is dangerous, patient with what producers get wrong."""
