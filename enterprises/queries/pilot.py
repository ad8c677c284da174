"""A 试点申请 as its pages tell it: parts with their status, the answers, the sentence of where it stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.urls import reverse

from enterprises import gates
from enterprises.choices import Condition, Desk, Level, Material
from enterprises.choices import PilotApplicationState as S
from enterprises.models import ApplicationMaterial, CorrectionItem, PilotApplication
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import Row, Task
from jiaxing_titles.ui.formats import cn_date

SLOT_HINTS = {
    Material.REPORT: "盖章扫描件：企业基本情况、开展自主评审的条件和意愿。",
    Material.TALENT: "盖章的人才结构说明；人数以“单位人才结构”中填写的为准。",
    Material.HR_SYSTEM: "现行的人力资源管理制度文本。",
    Material.APPRAISAL: "专业技术人员评聘、考核的制度或文件（办法三）。",
    Material.PAY_SYSTEM: "职称与薪酬挂钩的制度和薪酬表（办法三）。",
    Material.EXTRA: "其他需要说明的材料，没有的不传。",
}


def materials(application: PilotApplication) -> Sequence[ApplicationMaterial]:
    """The files now in the application, in the order of the slots."""
    found = application.materials.filter(removed_at=None).select_related("attachment")
    return sorted(found, key=lambda one: (Material.values.index(one.slot), one.pk))


def correction_items(application: PilotApplication, places: Collection[str]) -> list[CorrectionItem]:
    """What the open 一次性告知单 says about these parts."""
    notice = application.open_correction
    return [item for item in notice.items.all() if item.place in places] if notice else []


def task_groups(application: PilotApplication) -> list[tuple[str, list[Task]]]:
    """The task list (W4): 企业情况, 制度与专家, 提交."""
    status = _Statuses(application)
    filled = {one.slot for one in materials(application)}
    missing = [slot.label for slot in Material.required() if slot.value not in filled]
    files_hint = f"还差：{'、'.join(missing)}" if missing else ""
    ready = not gates.completeness(application)
    url = reverse("enterprises:application_check", args=[application.pk])
    last = (
        Task("检查并提交", "未开始", url)
        if ready
        else Task("检查并提交", "暂不能开始", hint="前面各项填好后可以提交。")
    )
    return [
        (
            "一、企业情况",
            [
                status.task("填写企业信息", "profile", gates.profile, application.total_staff is not None),
                status.task("填写单位人才结构", "talent", gates.talent_structure, application.talent.exists()),
            ],
        ),
        (
            "二、制度与专家",
            [
                status.task("上传申请材料", "files", gates.materials, bool(filled), files_hint),
                status.task("登记评审专家储备", "experts", gates.experts, application.experts.exists()),
                status.task(
                    "填写条件自查",
                    "conditions",
                    gates.self_check,
                    application.checks.filter(desk=Desk.ENTERPRISE).exists(),
                ),
            ],
        ),
        ("三、提交", [last]),
    ]


class _Statuses:
    """The word beside each row: 有问题 when the county named it, else by what is there and what is missing."""

    def __init__(self, application: PilotApplication) -> None:
        self.application = application
        self.named = {item.place for item in correction_items(application, _ALL_PLACES)}

    def task(self, name: str, part: str, gate: Callable[[Any], list[Reason]], begun: bool, hint: str = "") -> Task:
        url = reverse(f"enterprises:application_{part}", args=[self.application.pk])
        places = set(Material.values) if part == "files" else {part}
        faults = correction_items(self.application, places)
        if faults:
            return Task(name, "有问题", url, f"县局指出{len(faults)}处，请按告知单修改。")
        if not gate(self.application):
            return Task(name, "已填好", url)
        return Task(name, "填写中" if begun else "未开始", url, hint if begun else "")


_ALL_PLACES = ("profile", "talent", "experts", "conditions", *Material.values)


def summary(application: PilotApplication, with_links: bool = False) -> list[Row]:
    """Everything declared, in the order of the task list; `with_links` leads to where each is changed."""

    def to(part: str) -> str:
        return reverse(f"enterprises:application_{part}", args=[application.pk]) if with_links else ""

    enterprise = application.enterprise
    proofs = [proof for proof in enterprise.category_proofs.all() if proof.removed_at is None]
    company = reverse("enterprises:company") if with_links else ""
    return [
        Row("企业名称", enterprise.organisation.name),
        Row("统一社会信用代码", enterprise.credit_code),
        Row("企业类型", enterprise.get_ownership_display(), company),
        Row("法定代表人", enterprise.legal_person, company),
        Row("联系人", f"{enterprise.contact_name} {enterprise.contact_phone}".strip(), company),
        Row("企业类别", "\n".join(_proof(proof) for proof in proofs), company),
        Row("职工总数", application.total_staff, to("profile")),
        Row("研发人员数", application.research_staff, to("profile")),
        Row("拟评级别", "、".join(Level(level).label for level in application.levels), to("profile")),
        Row("拟评专业", "、".join(str(one) for one in application.specialities.all()), to("profile")),
        Row("拟组建评审机构人数", application.panel_size, to("profile")),
        Row("申请理由", application.summary, to("profile")),
        Row("单位人才结构", talent_sentence(application), to("talent")),
        Row("评审专家储备", expert_sentence(application), to("experts")),
        *condition_rows(application, Desk.ENTERPRISE, to("conditions")),
    ]


def _proof(proof: Any) -> str:
    until = f"，有效期至{cn_date(proof.valid_until)}" if proof.valid_until else ""
    return f"{proof.get_category_display()}（{proof.certificate_number}{until}）"


def talent_sentence(application: PilotApplication) -> str:
    """The table in one line; totals come from its rows and from nowhere else (F-04)."""
    rows = list(application.talent.select_related("speciality"))
    if not rows:
        return ""
    total = sum(row.total for row in rows)
    titles = [(label, sum(getattr(row, name) for row in rows)) for name, label in _TITLES]
    return f"专业技术人员{total}人：" + "，".join(f"{label}{number}人" for label, number in titles)


_TITLES = (("senior", "高级"), ("middle", "中级"), ("junior", "初级"), ("untitled", "无职称"))


def expert_sentence(application: PilotApplication) -> str:
    experts = list(application.experts.all())
    if not experts:
        return ""
    senior = sum(expert.title_level == "senior" for expert in experts)
    outside = sum(expert.is_external for expert in experts)
    return f"{len(experts)}人，其中高级{senior}人，外聘{outside}人"


def condition_rows(application: PilotApplication, desk: Desk, url: str = "") -> list[Row]:
    """One row a condition: the verdict of that desk, and what proves it."""
    found = {check.condition: check for check in application.checks.all() if check.desk == desk}
    rows = []
    for condition in Condition:
        check = found.get(condition.value)
        told = ""
        if check:
            proof = f"（{check.get_slot_display()}{' ' + check.pages if check.pages else ''}）" if check.slot else ""
            told = f"{check.get_verdict_display()}{proof}" + (f"\n{check.note}" if check.note else "")
        rows.append(Row(condition.label, told, url))
    return rows


def sentence(application: PilotApplication) -> str:
    """Where it stands and what comes next, in plain words."""
    cycle = application.cycle
    bureau = application.enterprise.bureau.short_name
    told = {
        S.DRAFT: "还没有提交，内容只有本企业能看到。",
        S.AWAITING_LEAD: "还没有提交。等待企业负责人确认，确认后才算提交。",
        S.SUBMITTED: f"已提交到{bureau}，一般5个工作日内受理。",
        S.RETURNED: f"{bureau}要求补正，请改好后再提交。",
        S.ACCEPTED: f"{bureau}已受理，正在审查。",
        S.RECOMMENDED: f"{bureau}已推荐到市人社局，正在评估。",
        S.ASSESSED: "市人社局正在复核评估意见。",
        S.REVIEWED: f"市人社局正在研究年度名单，一般在{cn_date(cycle.list_due_on)}前公布。",
        S.LISTED: f"市人社局正在研究年度名单，一般在{cn_date(cycle.list_due_on)}前公布。",
        S.APPROVED: f"已核准。请在{cn_date(cycle.plan_due_on)}前报送试点工作方案。",
        S.REFUSED: "本年度不予核准，理由见下。材料已保留，下一年度可以沿用。",
        S.WITHDRAWN: "本年度申请已终止，填写的内容保留。",
    }
    return told[S(application.state)]
