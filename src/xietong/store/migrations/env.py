"""Runs Alembic's steps on the connection that ``store.database`` hands over."""

from alembic import context

from xietong.store.models import Base

if hasattr(context, "config"):  # run by Alembic, not imported by a tool that looks at the text
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
