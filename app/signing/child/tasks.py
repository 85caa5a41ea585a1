"""Việc của gói ký số trong buồng cách ly. Run by the jail's process at its start, while files can still be read."""

from __future__ import annotations

from app.signing.child import checking, placing, warm

TASKS = {
    "signing.verify": checking.verify,
    "signing.lint": placing.lint,
    "signing.begin": placing.begin,
    "signing.fill": placing.fill,
    "signing.mark": placing.mark,
}
warm.up()
