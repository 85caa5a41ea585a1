"""Thông báo: the bell, the mails, and the pages on which administrators watch what was sent and what ran."""
