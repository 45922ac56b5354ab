"""What Alembic runs to take the steps: on the connection, and in the transaction, that `migrate` holds."""

from alembic import context

from web.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
