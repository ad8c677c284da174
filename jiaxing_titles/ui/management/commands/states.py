from django.core.management.base import BaseCommand

from jiaxing_titles.actions.states import states_document


class Command(BaseCommand):
    help = "输出 docs/states.md：各类事项的状态表。"

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(states_document(), ending="")
