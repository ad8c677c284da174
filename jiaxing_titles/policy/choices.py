"""The open questions of the annex, and the way of an official interpretation that settles one (办法六（四）)."""

from django.db.models import TextChoices


class Question(TextChoices):
    """What the annex leaves open, asked so that 是 or 否 answers it; the values are fields of the rule set."""

    DEGREE_IS_DIPLOMA = "degree_counts_as_diploma", "只有学位、没有学历证书的，是否视同具有相应学历"
    EARLIER_POSTS = "posts_before_graduation_count", "毕业前（含毕业当日）担任技术员的年限，是否计入"
    ANY_SPECIALITY = "any_speciality_after_degree", "取得学历或学位后工作满2年，但不属本专业或相近专业的，是否符合"

    @property
    def clause(self) -> str:
        """The clause of the annex whose words are interpreted."""
        return {
            Question.DEGREE_IS_DIPLOMA: "附件三",
            Question.EARLIER_POSTS: "附件三、2（2）",
            Question.ANY_SPECIALITY: "附件三、1（2）",
        }[self]

    def decided(self, answer: bool) -> str:
        """The answered question as a statement."""
        yes, no = {
            Question.DEGREE_IS_DIPLOMA: (
                "只有学位、没有学历证书的，视同具有相应学历",
                "只有学位、没有学历证书的，不视同具有相应学历",
            ),
            Question.EARLIER_POSTS: (
                "毕业前（含毕业当日）担任技术员的年限计入",
                "毕业前（含毕业当日）担任技术员的年限不计入",
            ),
            Question.ANY_SPECIALITY: (
                "取得学历或学位后从事工程技术工作满2年的，不限专业，符合",
                "取得学历或学位后满2年但不属本专业或相近专业的，不符合",
            ),
        }[self]
        return yes if answer else no


class InterpretationState(TextChoices):
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "退回修改"
    ISSUED = "issued", "已公布"
    DROPPED = "dropped", "不再作出"


INTERPRETATION_TONES = {"submitted": "blue", "returned": "amber", "issued": "green", "dropped": "grey"}
