from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="AttemptWindow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=20, verbose_name="事项")),
                ("key", models.CharField(max_length=64, verbose_name="来源摘要")),
                ("starts_at", models.DateTimeField(verbose_name="时段开始")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="次数")),
            ],
            options={
                "verbose_name": "尝试次数",
                "verbose_name_plural": "尝试次数",
                "indexes": [models.Index(fields=["starts_at"], name="attempt_age")],
                "constraints": [models.UniqueConstraint(fields=("scope", "key", "starts_at"), name="one_window_a_key")],
            },
        ),
    ]
