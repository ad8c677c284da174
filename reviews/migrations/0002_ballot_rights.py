from django.db import migrations

# Column rights keep the two books apart: the application cannot read what is sealed, the tally role cannot read whose it
# is, only on which names it has no vote. What was written stays; the application may empty what is sealed, and a trigger
# says when. The triggers say the same to everybody else.
RIGHTS = """
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jiaxing_app') THEN
    REVOKE ALL ON reviews_sealedballot, reviews_slip, reviews_board FROM jiaxing_app;
    GRANT INSERT, SELECT (receipt, sheet_id, seat_id), UPDATE (ciphertext) ON reviews_sealedballot TO jiaxing_app;
    GRANT INSERT, SELECT ON reviews_slip, reviews_board TO jiaxing_app;
  END IF;
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jiaxing_tally') THEN
    GRANT SELECT (sheet_id, recused, ciphertext) ON reviews_sealedballot TO jiaxing_tally;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunSQL(RIGHTS, migrations.RunSQL.noop)]
