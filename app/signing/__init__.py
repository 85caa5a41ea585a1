"""Ký số: signature requests, keys, PDF preparing, signing and sealing, verification in words."""
