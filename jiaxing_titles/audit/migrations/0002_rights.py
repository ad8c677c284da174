from django.db import migrations

# The triggers refuse everybody; the missing rights stop the application role before it gets that far.
REVOKE = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jiaxing_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM jiaxing_app;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(REVOKE, migrations.RunSQL.noop)]
