"""Trang chỉ đạo."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("directives", __name__, url_prefix="/chi-dao", template_folder="../templates")

from app.directives.views import (  # noqa: E402, F401 - views attach themselves
    above,
    assigning,
    bulk,
    course,
    decisions,
    figures,
    lead,
    listing,
    part,
    pausing,
    period,
    programmes,
    quick,
    reading,
    shapes,
    urging,
)
