"""Cuộc họp: calling, inviting, answering, rooms, papers and the week calendar of agencies."""
