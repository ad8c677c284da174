"""The catalogue of specialities; the city edits it afterwards."""

from django.db import migrations

from enterprises.catalogue import SPECIALITIES


def sow(apps, schema_editor):
    speciality = apps.get_model("enterprises", "Speciality")
    speciality.objects.bulk_create(
        [speciality(code=f"GC{number:02d}", name=name) for number, name in enumerate(SPECIALITIES, 1)],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial")]
    operations = [migrations.RunPython(sow, migrations.RunPython.noop)]
