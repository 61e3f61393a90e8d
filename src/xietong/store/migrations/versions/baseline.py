"""The baseline: all tables as the models say, with the guards of the audit trail.

Until the first release this step follows the models; a database of another development state is
noticed by its fingerprint and moved by backup and restore. From the first release on it is frozen.
"""

from alembic import op

from xietong.store.models import Base

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    Base.metadata.create_all(op.get_bind())


def downgrade() -> None:
    """There is nothing before the baseline."""
    Base.metadata.drop_all(op.get_bind())
