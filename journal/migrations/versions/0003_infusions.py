"""Infusions in full, the course around them, what they did, and what is asked around them."""

import sqlalchemy as sa
from alembic import op

from journal.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was recorded until now was given, and was what the clinic's only form asked for.
    op.add_column(
        "infusions", sa.Column("standing", sa.String(), nullable=False, server_default="given")
    )
    op.add_column(
        "infusions", sa.Column("agent", sa.String(), nullable=False, server_default="racemic")
    )
    op.add_column(
        "infusions",
        sa.Column("new_series", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("infusions", sa.Column("numbers", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("infusions", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("infusions") as infusions:
        infusions.alter_column("standing", existing_type=sa.String(), server_default=None)
        infusions.alter_column("agent", existing_type=sa.String(), server_default=None)
        infusions.alter_column("new_series", existing_type=sa.Boolean(), server_default=None)
        infusions.alter_column("numbers", existing_type=sa.JSON(), server_default=None)
        infusions.alter_column("dose_mg", existing_type=sa.Double(), nullable=True)
        infusions.alter_column("minutes", existing_type=sa.Integer(), nullable=True)
    op.add_column("days", sa.Column("more", sa.JSON(), nullable=True))
    op.add_column("accounts", sa.Column("insights_hidden_at", UtcDateTime(), nullable=True))
    op.add_column("clinics", sa.Column("reckoned_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_days_more",
        "days",
        ["account_id", "day"],
        unique=False,
        sqlite_where=sa.text("more IS NOT NULL"),
        postgresql_where=sa.text("more IS NOT NULL"),
    )
    op.create_table(
        "courses",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("pain_baseline", sa.Double(), nullable=True),
        sa.Column("mood_baseline", sa.Double(), nullable=True),
        sa.Column("baseline_by", sa.Uuid(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_courses_clinic_id")),
        sa.PrimaryKeyConstraint("clinic_id", "patient_id", name=op.f("pk_courses")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("last_infusion", sa.Date(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name=op.f("fk_decisions_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(
        "ix_decisions_clinic_id_patient_id", "decisions", ["clinic_id", "patient_id"], unique=False
    )
    op.create_table(
        "goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_goals_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index("ix_goals_account_id_since", "goals", ["account_id", "since"], unique=False)
    op.create_table(
        "infusion_days",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("quiet_hours", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinics.id"], name=op.f("fk_infusion_days_clinic_id")
        ),
        sa.PrimaryKeyConstraint("clinic_id", name=op.f("pk_infusion_days")),
    )
    op.create_table(
        "series_outcomes",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("series_start", sa.Date(), nullable=False),
        sa.Column("last_infusion", sa.Date(), nullable=False),
        sa.Column("infusions", sa.Integer(), nullable=False),
        sa.Column("next_start", sa.Date(), nullable=True),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("baseline_set", sa.Boolean(), nullable=False),
        sa.Column("onset_date", sa.Date(), nullable=True),
        sa.Column("best_improvement_pct", sa.Double(), nullable=True),
        sa.Column("durability_days", sa.Integer(), nullable=True),
        sa.Column("durability_upper_days", sa.Integer(), nullable=True),
        sa.Column("loss_date", sa.Date(), nullable=True),
        sa.Column("responded_after", sa.Integer(), nullable=True),
        sa.Column("diary_days", sa.Integer(), nullable=False),
        sa.Column("diary_expected", sa.Integer(), nullable=False),
        sa.Column("fading", sa.Boolean(), nullable=False),
        sa.Column("reckoned_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinics.id"], name=op.f("fk_series_outcomes_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["accounts.id"],
            name=op.f("fk_series_outcomes_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "clinic_id", "patient_id", "measure", "series", name=op.f("pk_series_outcomes")
        ),
    )
    op.create_table(
        "noticed_months",
        sa.Column("clinic_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.Column("reckoned_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clinic_id"], ["clinics.id"], name=op.f("fk_noticed_months_clinic_id")
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["accounts.id"],
            name=op.f("fk_noticed_months_patient_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("clinic_id", "patient_id", "month", name=op.f("pk_noticed_months")),
    )
    op.create_table(
        "wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("wished_at", UtcDateTime(), nullable=False),
        sa.Column("ask_from", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("became", sa.String(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_wishes_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
    )
    op.create_index("ix_wishes_account_id", "wishes", ["account_id"], unique=False)
    op.create_table(
        "infusion_edits",
        sa.Column("infusion_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["infusion_id"],
            ["infusions.id"],
            name=op.f("fk_infusion_edits_infusion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("infusion_id", "edit_id", name=op.f("pk_infusion_edits")),
    )


def downgrade() -> None:
    op.drop_table("infusion_edits")
    op.drop_index("ix_wishes_account_id", table_name="wishes")
    op.drop_table("wishes")
    op.drop_table("noticed_months")
    op.drop_table("series_outcomes")
    op.drop_table("infusion_days")
    op.drop_index("ix_goals_account_id_since", table_name="goals")
    op.drop_table("goals")
    op.drop_index("ix_decisions_clinic_id_patient_id", table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("courses")
    op.drop_column("clinics", "reckoned_on")
    op.drop_column("accounts", "insights_hidden_at")
    op.drop_index("ix_days_more", table_name="days")
    op.drop_column("days", "more")
    # The older form knows no others than those given.
    op.execute(
        "DELETE FROM infusions WHERE standing <> 'given' OR dose_mg IS NULL OR minutes IS NULL"
    )
    with op.batch_alter_table("infusions") as infusions:
        infusions.alter_column("dose_mg", existing_type=sa.Double(), nullable=False)
        infusions.alter_column("minutes", existing_type=sa.Integer(), nullable=False)
        for name in ("sealed", "numbers", "new_series", "agent", "standing"):
            infusions.drop_column(name)
