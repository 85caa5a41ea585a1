"""Nhật ký: who did what to which record, for whom, from where; written in the act's own transaction."""
