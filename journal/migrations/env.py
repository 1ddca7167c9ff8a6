"""What Alembic runs: one transaction on the engine it was handed."""

from alembic import context

from journal.db import Base
from journal.migrations import import_models

import_models()

with context.config.attributes["engine"].execution_options(writing=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
