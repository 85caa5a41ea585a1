"""Khóa ký sau một cổng: software files, PKCS#11 tokens and security modules, remote signing services."""

from app.signing.service.keys.port import KeyTrouble, OpenKey, WrongPin

__all__ = ["KeyTrouble", "OpenKey", "WrongPin"]
