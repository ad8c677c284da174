from django.db import migrations, models

APP_NOW = """
INSERT INTO clock_setting (id, shift) VALUES (1, '0');
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT coalesce(frozen_at, now() + shift) FROM clock_setting $$;
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jiaxing_app') THEN
    REVOKE INSERT, UPDATE, DELETE ON clock_setting FROM jiaxing_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="ClockSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shift", models.DurationField(verbose_name="偏移")),
                ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="停在")),
            ],
            options={
                "verbose_name": "时钟",
                "verbose_name_plural": "时钟",
                "db_table": "clock_setting",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="clock_has_one_row")],
            },
        ),
        migrations.RunSQL(APP_NOW, "DROP FUNCTION app_now()"),
    ]
