from django.db import models


class PeriodKind(models.TextChoices):
    IN_HOUSE = "in_house", "单位评前公示"
    CITY = "city", "市级公示"


class PeriodState(models.TextChoices):
    DRAFT = "draft", "草稿"
    RUNNING = "running", "公示中"
    CLOSED = "closed", "公示结束"
    CANCELLED = "cancelled", "已取消"


class ObjectionState(models.TextChoices):
    RECEIVED = "received", "已收到"
    INVESTIGATING = "investigating", "核查中"
    UPHELD = "upheld", "异议成立"
    REJECTED = "rejected", "异议不成立"
    WITHDRAWN = "withdrawn", "异议人撤回"


OPEN_OBJECTIONS = (ObjectionState.RECEIVED, ObjectionState.INVESTIGATING)

PERIOD_TONES = {"draft": "grey", "running": "amber", "closed": "grey", "cancelled": "grey"}
OBJECTION_TONES = {
    "received": "blue",
    "investigating": "blue",
    "upheld": "red",
    "rejected": "green",
    "withdrawn": "grey",
}
