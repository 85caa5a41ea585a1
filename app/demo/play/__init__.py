"""Diễn lại công việc: recent work is done through the real use cases, in the order of time, with a moved clock."""
