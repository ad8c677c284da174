"""States and kinds of the last stage: 市局公示, 公布文件, 制证数据, 聘任兑现, 无效与撤销 (办法五（四）, 六、3)."""

from django.db import models


class RosterState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待签发"
    SIGNED = "signed", "已签发公示"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.DRAFT: "grey", cls.SUBMITTED: "blue", cls.REVIEWED: "blue", cls.SIGNED: "green"}


class DocumentState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待签发"
    ISSUED = "issued", "已公布"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.DRAFT: "grey", cls.SUBMITTED: "blue", cls.REVIEWED: "blue", cls.ISSUED: "green"}


class LineFate(models.TextChoices):
    """What became of one name of the city notice."""

    WAITING = "waiting", "待公布"
    ANNOUNCED = "announced", "已公布"
    EXCLUDED = "excluded", "不予公布"


class BatchKind(models.TextChoices):
    GRANT = "grant", "新增制证"
    REVOCATION = "revocation", "撤销、无效报送"


class BatchState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    SUBMITTED = "submitted", "待审核"
    MAKING = "making", "已同意生成"
    DELIVERED = "delivered", "已报送"
    ACKNOWLEDGED = "acknowledged", "回执已对账"
    CANCELLED = "cancelled", "已作废"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.DRAFT: "grey",
            cls.SUBMITTED: "blue",
            cls.MAKING: "amber",
            cls.DELIVERED: "blue",
            cls.ACKNOWLEDGED: "green",
            cls.CANCELLED: "grey",
        }


class BatchLineOutcome(models.TextChoices):
    PENDING = "pending", "未回执"
    ACCEPTED = "accepted", "已办理"
    REJECTED = "rejected", "被退回"


class FileFormat(models.TextChoices):
    XLSX = "xlsx", "Excel 工作簿（xlsx）"
    CSV = "csv", "文本表格（csv，UTF-8）"


class ProfileState(models.TextChoices):
    DRAFT = "draft", "拟定"
    IN_USE = "in_use", "启用"
    RETIRED = "retired", "停用"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.DRAFT: "grey", cls.IN_USE: "green", cls.RETIRED: "grey"}


class AppointmentState(models.TextChoices):
    PENDING = "pending", "待登记"
    RECORDED = "recorded", "单位已登记"
    CONFIRMED = "confirmed", "本人已确认"
    DISPUTED = "disputed", "本人反映未兑现"
    VERIFIED = "verified", "县局核查属实"
    NOT_APPOINTED = "not_appointed", "未聘任"
    ENDED = "ended", "因撤销、无效终止"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.PENDING: "amber",
            cls.RECORDED: "blue",
            cls.CONFIRMED: "green",
            cls.DISPUTED: "red",
            cls.VERIFIED: "green",
            cls.NOT_APPOINTED: "grey",
            cls.ENDED: "red",
        }


class AnnulmentKind(models.TextChoices):
    """办法六、3 knows two: a result outside the authority is void, a title got by fraud is revoked."""

    VOID = "void", "评审结果无效"
    REVOKE = "revoke", "撤销职称"


class AnnulmentGround(models.TextChoices):
    OUT_OF_SCOPE = "out_of_scope", "超出授权范围评审其他系列（专业）、级别"
    OTHER_EMPLOYER = "other_employer", "面向其他单位开展职称评审"
    FALSE_MATERIAL = "false_material", "弄虚作假"
    COVERT_DEALING = "covert_dealing", "暗箱操作等违纪违规行为"

    @property
    def kind(self) -> AnnulmentKind:
        if self in (AnnulmentGround.OUT_OF_SCOPE, AnnulmentGround.OTHER_EMPLOYER):
            return AnnulmentKind.VOID
        return AnnulmentKind.REVOKE


class AnnulmentState(models.TextChoices):
    DRAFT = "draft", "立案"
    NOTICED = "noticed", "已告知，待陈述申辩"
    HEARD = "heard", "已听取陈述申辩"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待决定"
    DECIDED = "decided", "已决定"
    DROPPED = "dropped", "不予处理"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.DRAFT: "grey",
            cls.NOTICED: "amber",
            cls.HEARD: "blue",
            cls.SUBMITTED: "blue",
            cls.REVIEWED: "blue",
            cls.DECIDED: "red",
            cls.DROPPED: "grey",
        }


class GrantStanding(models.TextChoices):
    """What anybody may learn of a listing; derived from dated facts, never stored."""

    VALID = "valid", "有效"
    REVOKED = "revoked", "已撤销"
    VOIDED = "voided", "评审结果无效"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.VALID: "green", cls.REVOKED: "red", cls.VOIDED: "red"}
