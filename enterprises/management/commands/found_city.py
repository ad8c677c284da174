from django.core.management.base import BaseCommand

from enterprises.actions.founding import found_city


class Command(BaseCommand):
    help = "建立市人力社保局、七个县(市、区)局和两个功能区窗口；重复运行不会改动已有单位。"

    def handle(self, *args: object, **options: object) -> None:
        city = found_city()
        self.stdout.write(
            f"已建立：{city}及{city.organisation.supervised.filter(kind='county_bureau').count()}个下属窗口。"
        )
