"""Điểm vào của máy chủ web."""

from app import create_app
from app.core import logs

logs.configure()
app = create_app()
