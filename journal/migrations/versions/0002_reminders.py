"""Reminders: rules, when they are due, devices, deliveries."""

import sqlalchemy as sa
from alembic import op

from journal.db import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_stops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_message_stops_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinics.id"], name=op.f("fk_message_stops_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["stopped_by"],
            ["accounts.id"],
            name=op.f("fk_message_stops_stopped_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_stops")),
    )
    op.create_index(
        "uq_message_stops_current",
        "message_stops",
        ["account_id", "clinic_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )

    op.create_table(
        "reminder_settings",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("quiet_begins", sa.Time(), nullable=False),
        sa.Column("quiet_ends", sa.Time(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("calendar_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_reminder_settings_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_reminder_settings")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_reminder_settings_calendar_hash")),
    )
    op.create_table(
        "rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("nudge", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_rules_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    op.create_index("uq_rules_account_id_kind", "rules", ["account_id", "kind"], unique=True)

    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=True),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("endpoint_hash", sa.String(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_devices_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_devices_sign_in_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("endpoint_hash", name=op.f("uq_devices_endpoint_hash")),
    )
    op.create_index(op.f("ix_devices_account_id"), "devices", ["account_id"], unique=False)
    op.create_index(op.f("ix_devices_sign_in_id"), "devices", ["sign_in_id"], unique=False)

    op.create_table(
        "dues",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("for_at", UtcDateTime(), nullable=False),
        sa.Column("reckoned_in", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["rule_id"], ["rules.id"], name=op.f("fk_dues_rule_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("rule_id", "kind", name=op.f("pk_dues")),
    )
    op.create_index("ix_dues_at", "dues", ["at"], unique=False)
    op.create_index(
        "ix_dues_fault",
        "dues",
        ["fault"],
        unique=False,
        sqlite_where=sa.text("fault IS NOT NULL"),
        postgresql_where=sa.text("fault IS NOT NULL"),
    )

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("shown_at", UtcDateTime(), nullable=True),
        sa.Column("later_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_deliveries_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_deliveries_device_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "subject_id",
            "due_at",
            "target",
            "kind",
            name=op.f("uq_deliveries_subject_id_due_at_target_kind"),
        ),
    )
    op.create_index(op.f("ix_deliveries_account_id"), "deliveries", ["account_id"], unique=False)
    op.create_index(op.f("ix_deliveries_device_id"), "deliveries", ["device_id"], unique=False)
    op.create_index(
        "ix_deliveries_outcome_ended_at", "deliveries", ["outcome", "ended_at"], unique=False
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_deliveries_waiting",
        table_name="deliveries",
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.drop_index("ix_deliveries_outcome_ended_at", table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_device_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_account_id"), table_name="deliveries")

    op.drop_table("deliveries")
    op.drop_index(
        "ix_dues_fault",
        table_name="dues",
        sqlite_where=sa.text("fault IS NOT NULL"),
        postgresql_where=sa.text("fault IS NOT NULL"),
    )
    op.drop_index("ix_dues_at", table_name="dues")

    op.drop_table("dues")
    op.drop_index(op.f("ix_devices_sign_in_id"), table_name="devices")
    op.drop_index(op.f("ix_devices_account_id"), table_name="devices")

    op.drop_table("devices")
    op.drop_index("uq_rules_account_id_kind", table_name="rules")

    op.drop_table("rules")
    op.drop_table("reminder_settings")
    op.drop_index(
        "uq_message_stops_current",
        table_name="message_stops",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )

    op.drop_table("message_stops")
