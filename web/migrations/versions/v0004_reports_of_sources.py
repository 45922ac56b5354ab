"""A report may come from the page of a source, where there is no turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Lets a report be without a turn. SQLite cannot change a column, so there the table is copied."""
    with op.batch_alter_table("reports") as table:
        table.alter_column("turn", existing_type=sa.Uuid, nullable=True)
