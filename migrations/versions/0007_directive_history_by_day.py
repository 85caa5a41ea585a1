"""directive history by day of assignment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLE = "directive_part_history"


def upgrade() -> None:
    """Nâng cấp: lists "as at" a past day begin where that day stands."""
    for side, column in (("given", "assigning_agency_id"), ("led", "lead_agency_id")):
        op.create_index(
            f"ix_{_TABLE}_{side}_all",
            _TABLE,
            [column, sa.text("assigned_at DESC"), sa.text("part_id DESC")],
            unique=False,
        )


def downgrade() -> None:
    """Hạ cấp."""
    for side in ("led", "given"):
        op.drop_index(f"ix_{_TABLE}_{side}_all", table_name=_TABLE)
