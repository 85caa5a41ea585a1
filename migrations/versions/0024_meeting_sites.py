"""Sites of meetings held over a line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nâng cấp."""
    op.create_table(
        "meeting_site",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", sa.BigInteger(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("technician", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("access_code", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_meeting_site_agency_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_site_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_site")),
    )
    op.create_index("uq_meeting_site_agency", "meeting_site", ["meeting_id", "agency_id"], unique=True)


def downgrade() -> None:
    """Hạ cấp."""
    op.drop_index("uq_meeting_site_agency", table_name="meeting_site")
    op.drop_table("meeting_site")
