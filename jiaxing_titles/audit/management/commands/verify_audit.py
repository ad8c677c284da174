from django.core.management.base import BaseCommand, CommandError

from jiaxing_titles.audit.chain import broken_links
from jiaxing_titles.audit.models import AuditEvent


class Command(BaseCommand):
    help = "逐条核对办理记录的校验链，指出第一处断裂。"

    def handle(self, *args: object, **options: object) -> None:
        first = next(broken_links(), None)
        if first is not None:
            raise CommandError(f"办理记录校验不通过：{first}。")
        last = AuditEvent.objects.order_by("-seq").first()
        if last is None:
            self.stdout.write("办理记录为空。")
        else:
            self.stdout.write(f"办理记录完整：共 {last.seq} 条，末条校验值 {last.hash}。")
