"""Alembic's environment: runs a lineage's migrations on the connection `migrate` hands over."""

from alembic import context

lineage = context.config.attributes["lineage"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=lineage.tables,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
