"""Tổ chức: agencies, units, posts, people, roles, delegation, absence and sign-in."""
