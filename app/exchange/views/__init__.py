"""Trang liên thông và cửa nhận thư của các hệ thống khác."""

from app.exchange.views import deliveries, door, letters, partners
from app.exchange.views.common import bp

__all__ = ["bp", "deliveries", "door", "letters", "partners"]
