"""Bưu cục kiểm thử, như ở kiểm thử đơn vị."""

from tests.unit.notifications.conftest import carrier

__all__ = ["carrier"]
