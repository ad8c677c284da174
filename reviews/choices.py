"""评审阶段的状态与选项；值是标识符，标签是页面上的中文。"""

from django.db import models


class PanelState(models.TextChoices):
    COMPOSING = "composing", "组建中"
    SETTLED = "settled", "已定"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.COMPOSING: "blue", cls.SETTLED: "green"}


class PanelPost(models.TextChoices):
    CHAIR = "chair", "主任委员"
    VICE_CHAIR = "vice_chair", "副主任委员"
    MEMBER = "member", "委员"


class TitleRank(models.TextChoices):
    """An expert's own title; the order is from high to low."""

    FULL_SENIOR = "full_senior", "正高级"
    SENIOR = "senior", "副高级"
    MIDDLE = "middle", "中级"
    JUNIOR = "junior", "初级"


class ExpertState(models.TextChoices):
    IN_LIBRARY = "in_library", "在库"
    REMOVED = "removed", "已出库"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.IN_LIBRARY: "green", cls.REMOVED: "grey"}


class FilingState(models.TextChoices):
    DRAFT = "draft", "备案草拟中"
    AWAITING_LEAD = "awaiting_lead", "待负责人确认"
    SUBMITTED = "submitted", "待市局备案"
    ACKNOWLEDGED = "acknowledged", "已备案"
    RETURNED = "returned", "市局退回"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.DRAFT: "grey",
            cls.AWAITING_LEAD: "amber",
            cls.SUBMITTED: "blue",
            cls.ACKNOWLEDGED: "green",
            cls.RETURNED: "red",
        }


class DrawState(models.TextChoices):
    POOLED = "pooled", "待提交密数"
    COMMITTED = "committed", "已提交密数"
    DRAWN = "drawn", "已抽取"
    VOID = "void", "已作废"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.POOLED: "amber", cls.COMMITTED: "blue", cls.DRAWN: "green", cls.VOID: "grey"}


class Exclusion(models.TextChoices):
    """Why an expert is not in the pool; the code stands in the frozen pool."""

    EMPLOYED = "employed", "在该企业任职，须回避"
    SEATED = "seated", "任该企业评审机构成员"
    FORMER = "former", "离开该企业不满回避年数"
    KIN = "kin", "已声明与该企业人员有亲属或利益关系"
    APPLYING = "applying", "是本次申报人"
    TERM_OVER = "term_over", "聘期已过"
    SUSPENDED = "suspended", "暂停参加评审"
    DRAWN = "drawn", "本次已被抽取过"
    TOO_OFTEN = "too_often", "本年度指派次数已满"
    SPECIALITY = "speciality", "从事专业不在申报专业之内"


class CompanyExclusion(models.TextChoices):
    """Why a listed company is not in the pool of an inspection."""

    INSPECTED = "inspected", "本年度已随机抽查"
    WITHDRAWN = "withdrawn", "评审权已收回或已退出"


class GuidanceState(models.TextChoices):
    DRAWN = "drawn", "待答复"
    ACCEPTED = "accepted", "已接受"
    DECLINED = "declined", "不能到会"
    ATTENDED = "attended", "已到会"
    LAPSED = "lapsed", "逾期未答复"
    ABSENT = "absent", "当日缺席"
    REPORTED = "reported", "已交指导意见"

    @classmethod
    def coming(cls) -> list["GuidanceState"]:
        """States in which the expert may see the meeting."""
        return [cls.ACCEPTED, cls.ATTENDED, cls.REPORTED]

    @classmethod
    def gone(cls) -> list["GuidanceState"]:
        """States in which another expert may be drawn."""
        return [cls.DECLINED, cls.LAPSED, cls.ABSENT]

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.DRAWN: "amber",
            cls.ACCEPTED: "blue",
            cls.DECLINED: "grey",
            cls.ATTENDED: "blue",
            cls.LAPSED: "grey",
            cls.ABSENT: "red",
            cls.REPORTED: "green",
        }


class DeclineKind(models.TextChoices):
    UNABLE = "unable", "因故不能到会"
    CONFLICT = "conflict", "需要回避"


class MeetingMode(models.TextChoices):
    IN_PERSON = "in_person", "现场会议"
    REMOTE = "remote", "视频会议（方案已写明）"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "待召开"
    SIGNING_IN = "signing_in", "签到中"
    IN_SESSION = "in_session", "评审中"
    VOTING = "voting", "表决计票中"
    COUNTED = "counted", "已计票"
    CONCLUDED = "concluded", "已形成结论"
    POSTPONED = "postponed", "已延期"
    NO_QUORUM = "no_quorum", "人数不足未开成"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.PLANNED: "grey",
            cls.SIGNING_IN: "amber",
            cls.IN_SESSION: "blue",
            cls.VOTING: "purple",
            cls.COUNTED: "purple",
            cls.CONCLUDED: "green",
            cls.POSTPONED: "red",
            cls.NO_QUORUM: "red",
        }


class ItemState(models.TextChoices):
    WAITING = "waiting", "待述职"
    PRESENTED = "presented", "已述职考核"
    PASSED = "passed", "评审通过"
    FAILED = "failed", "评审未通过"
    POSTPONED = "postponed", "缓评"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.WAITING: "grey",
            cls.PRESENTED: "blue",
            cls.PASSED: "green",
            cls.FAILED: "red",
            cls.POSTPONED: "amber",
        }


class Phase(models.TextChoices):
    """Where one person stands on the agenda board; worked out from what is recorded, stored nowhere."""

    AHEAD = "ahead", "未开始"
    SPEAKING = "speaking", "述职中"
    SCORING = "scoring", "评分中"
    DONE = "done", "完成"
    POSTPONED = "postponed", "缓评"

    @property
    def tone(self) -> str:
        tones = {"ahead": "grey", "speaking": "purple", "scoring": "blue", "done": "green", "postponed": "amber"}
        return tones[self.value]


class SelfReportMode(models.TextChoices):
    IN_PERSON = "in_person", "到会述职"
    REMOTE = "remote", "视频述职"


class RecusalKind(models.TextChoices):
    SELF = "self", "本人"
    KIN = "kin", "夫妻、直系血亲、三代以内旁系血亲或近姻亲"
    MENTOR = "mentor", "师生"
    INTEREST = "interest", "经济利益关系"
    DISPUTE = "dispute", "投诉、纠纷当事人"
    EMPLOYED = "employed", "在该企业任职、顾问或持股"
    PANEL = "panel", "本年度任该企业评审专家"
    OTHER = "other", "其他可能影响公正的情形"


class SignInMethod(models.TextChoices):
    SELF = "self", "本人签到"
    DESK = "desk", "会务代录签到表"


class AssessmentState(models.TextChoices):
    OPEN = "open", "未评"
    SUBMITTED = "submitted", "已评"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.OPEN: "amber", cls.SUBMITTED: "green"}


class BallotMode(models.TextChoices):
    """Both electronic ways are one engine; they differ in who seals: our server, or the voter's own device."""

    PAPER = "paper", "纸票"
    ELECTRONIC = "electronic", "电子票"
    SEALED_BY_VOTER = "sealed_by_voter", "电子票，在评委手机上密封"


class SheetState(models.TextChoices):
    """Paper goes from its issue to the tellers' count; an electronic sheet is open, closed, unsealed instead."""

    PREPARED = "prepared", "待发票"
    COUNTING = "counting", "计票中"
    CASTING = "casting", "投票中"
    SEALED = "sealed", "已封箱"
    UNSEALED = "unsealed", "已开票"
    SIGNED = "signed", "计票已签认"
    REPLACED = "replaced", "已由第二轮取代"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.PREPARED: "grey",
            cls.COUNTING: "amber",
            cls.CASTING: "blue",
            cls.SEALED: "purple",
            cls.UNSEALED: "amber",
            cls.SIGNED: "green",
            cls.REPLACED: "grey",
        }


class KeyState(models.TextChoices):
    UNMADE = "unmade", "未建钥"
    MADE = "made", "已建钥"
    CHECKED = "checked", "已核对"
    DESTROYED = "destroyed", "已销毁"
    ERASING = "erasing", "已销毁，待同意删除选票"
    ERASED = "erased", "已销毁，选票已删除"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.UNMADE: "grey",
            cls.MADE: "amber",
            cls.CHECKED: "green",
            cls.DESTROYED: "grey",
            cls.ERASING: "amber",
            cls.ERASED: "grey",
        }


class SeatState(models.TextChoices):
    WAITING = "waiting", "未投票"
    VOTED = "voted", "已投票"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.WAITING: "amber", cls.VOTED: "green"}


class Choice(models.TextChoices):
    YES = "yes", "同意"
    NO = "no", "反对"
    ABSTAIN = "abstain", "弃权"


class ReportState(models.TextChoices):
    DRAFT = "draft", "草拟中"
    AWAITING_LEAD = "awaiting_lead", "待负责人确认"
    SUBMITTED = "submitted", "已上报"
    RECEIVED = "received", "市局已接收"
    RETURNED = "returned", "市局退回"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.DRAFT: "grey",
            cls.AWAITING_LEAD: "amber",
            cls.SUBMITTED: "blue",
            cls.RECEIVED: "green",
            cls.RETURNED: "red",
        }


class Outcome(models.TextChoices):
    """The one end that every applicant of the round must have before the report leaves (F-60)."""

    PASSED = "passed", "评审通过"
    FAILED = "failed", "评审未通过"
    POSTPONED = "postponed", "缓评"
    NOT_ENDORSED = "not_endorsed", "不予推荐"
    WITHDRAWN = "withdrawn", "本人撤回"
    DISQUALIFIED = "disqualified", "终止"
    UNSETTLED = "unsettled", "尚无结果"


class ConsolidationState(models.TextChoices):
    OPEN = "open", "汇总中"
    COMPLETE = "complete", "汇总完成"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.OPEN: "amber", cls.COMPLETE: "green"}


class CommitteeState(models.TextChoices):
    PLANNED = "planned", "筹备中"
    SIGNING_IN = "signing_in", "签到中"
    IN_SESSION = "in_session", "审议中"
    CLOSED = "closed", "已闭会"
    POSTPONED = "postponed", "已延期"
    NO_QUORUM = "no_quorum", "人数不足未开成"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.PLANNED: "grey",
            cls.SIGNING_IN: "amber",
            cls.IN_SESSION: "blue",
            cls.CLOSED: "green",
            cls.POSTPONED: "red",
            cls.NO_QUORUM: "red",
        }


class InvitationState(models.TextChoices):
    WAITING = "waiting", "待答复"
    COMING = "coming", "出席"
    NOT_COMING = "not_coming", "不能出席"
    WITHDRAWN = "withdrawn", "已取消"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {cls.WAITING: "amber", cls.COMING: "green", cls.NOT_COMING: "red", cls.WITHDRAWN: "grey"}


class SlotState(models.TextChoices):
    WAITING = "waiting", "待汇报"
    HEARD = "heard", "已听取汇报"
    DELIBERATED = "deliberated", "已审议"
    DEFERRED = "deferred", "汇报人未到，顺延至最后"
    CARRIED_OVER = "carried_over", "转下次会议"

    @classmethod
    def tones(cls) -> dict[str, str]:
        return {
            cls.WAITING: "grey",
            cls.HEARD: "blue",
            cls.DELIBERATED: "green",
            cls.DEFERRED: "amber",
            cls.CARRIED_OVER: "red",
        }
