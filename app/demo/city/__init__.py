"""Thành phố trình diễn: one installation with thirteen staffed agencies and thirteen months of work."""
