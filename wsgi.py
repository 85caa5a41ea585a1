"""Điểm vào của máy chủ web."""

from app import create_app

app = create_app()
