"""Các việc của tổ chức."""

from app.org.service.sign_in import (
    change_password,
    hash_password,
    revoke_session,
    sign_in,
    sign_out,
    switch_post,
)

__all__ = ["change_password", "hash_password", "revoke_session", "sign_in", "sign_out", "switch_post"]
