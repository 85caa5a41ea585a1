"""What an update brings waits with the request until the recipient has decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.add_column(
        "exchange_request",
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_column("exchange_request", "content")
