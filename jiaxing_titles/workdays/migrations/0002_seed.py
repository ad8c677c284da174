from django.db import migrations

from jiaxing_titles.workdays.seed import FIRST, LAST, NUMBERS, exceptions


def load(apps, schema_editor):
    year_model = apps.get_model("workdays", "CalendarYear")
    day_model = apps.get_model("workdays", "CalendarDay")
    for year in range(FIRST, LAST + 1):
        row = year_model.objects.create(
            year=year, notice=f"国务院办公厅关于{year}年部分节假日安排的通知", number=NUMBERS[year]
        )
        day_model.objects.bulk_create(
            day_model(day=day, year=row, is_workday=working, name=name) for day, working, name in exceptions(year)
        )


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
