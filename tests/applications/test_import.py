"""The linked workbook: checked before anything is written, whole persons only, export goes in again unchanged."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from applications import actions
from applications.models import ImportBatch, StaffMember, TitleApplication
from applications.sheets import SCHEMA, examine, schema, write_round
from jiaxing_titles.accounts.models import User
from jiaxing_titles.actions import Blocked

pytestmark = pytest.mark.django_db


def stands(scenes):
    scenes.open_round("A")


def person(number: str, name: str, **changes):
    values = {
        "id_number": number,
        "id_kind": "护照",
        "name": name,
        "department": "工艺部",
        "position": "工艺员",
        "employment": "劳动合同",
        "joined_on": dt.date(2021, 7, 1),
        "level": "工程师",
        "speciality": "机械设计",
        "route": "评审",
        "gender": "男",
        "born_on": dt.date(1998, 5, 4),
        "ethnicity": "汉族",
        "first_worked_on": "2021-07",
        "present_work": "机械设计",
        "present_title": "无",
        "front_line": "否",
        "outstanding": "否",
        "summary": "夹具改造",
    }
    return {**values, **changes}


SCHOOL = {
    "level": "大学本科",
    "award": "学历和学位",
    "outcome": "毕业",
    "mode": "全日制",
    "school": "示例大学",
    "major": "机械工程",
    "started_on": "2017-09",
    "awarded_on": "2021-06-30",
}
JOB = {
    "began_on": "2021-07-01",
    "employer": "示例精密",
    "position": "工艺员",
    "engineering": "是",
    "relation": "本专业",
    "full_time": "是",
}
HOURS = {"year": 2026, "kind": "专业科目", "content": "专业课", "hours": 96}


def workbook(people, **topics) -> SimpleUploadedFile:
    """`people` as dicts by key; `topics` = {topic: [(number, row), …]}."""
    book = Workbook()
    book.remove(book.active)
    for sheet in SCHEMA.sheets:
        page = book.create_sheet(sheet.name)
        page.append([column.header for column in sheet.columns])
        topic = next((key for key, name in schema.TOPIC_SHEETS.items() if name == sheet.name), None)
        rows = people if topic is None else [{"id_number": key, **row} for key, row in topics.get(topic, [])]
        for row in rows:
            page.append([row.get(column.key) for column in sheet.columns])
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("人员.xlsx", buffer.getvalue())


@pytest.fixture
def upload(open_round, actor):
    """`upload(file)` → the checked batch of company A's open round."""

    def send(file, year=None) -> ImportBatch:
        year = year or open_round()
        return actions.check_import(year.enterprise, actor=actor("ent_hr", "A"), file=file)

    return send


def found_in(batch):
    with batch.attachment.file.open("rb") as source:
        return examine(source, batch.enterprise, batch.round)


def test_nothing_is_written_before_the_confirmation(upload, actor):
    before = User.objects.count()
    batch = upload(workbook([person("E0000001", "甲")], education=[("E0000001", SCHOOL)]))
    assert (batch.state, batch.findings) == ("checked", {"rows": 1, "good": 1, "errors": 0})
    made = {user.name for user in User.objects.all()[before:]}
    assert "甲" not in made and not StaffMember.objects.exists() and not TitleApplication.objects.exists()


def test_confirming_writes_person_register_and_draft(upload, actor):
    batch = upload(
        workbook(
            [person("E0000001", "甲"), person("E0000002", "乙", level=None, speciality=None, route=None)],
            education=[("E0000001", SCHOOL)],
            work=[("E0000001", JOB)],
            hours=[("E0000001", HOURS)],
        )
    )
    batch = actions.confirm_import(batch, actor=actor("ent_hr", "A"))
    assert (batch.state, batch.outcome) == ("done", {"added": 2, "changed": 0, "unchanged": 0})
    application = TitleApplication.objects.get()
    assert (application.person.name, application.state, application.imported) == ("甲", "draft", True)
    assert application.education.get().awarded_on == "2021-06-30"
    assert str(application.continuing_education.get().hours) == "96.00"
    assert StaffMember.objects.count() == 2


def test_errors_name_sheet_row_and_column_and_keep_the_whole_person_out(upload, actor):
    file = workbook(
        [
            person("E0000001", "甲"),
            person("E0000002", "乙", level="高级工程师"),
            person("E0000003", "丙", speciality="化工工艺"),
            person("E0000004", "丁"),
            person("E1", "戊"),
        ],
        education=[("E0000004", {**SCHOOL, "awarded_on": "2015-06-30"}), ("E0000009", SCHOOL)],
        assessments=[("E0000001", {"year": 2025, "grade": "合格"}), ("E0000001", {"year": 2025, "grade": "优秀"})],
    )
    found = found_in(upload(file))
    places = {(one.sheet, one.row, one.header) for one in found.errors}
    assert places == {
        ("人员", 3, "申报级别"),
        ("人员", 4, "申报专业"),
        ("人员", 6, "证件号码"),
        ("学历", 2, "毕业（取得）时间"),
        ("学历", 3, "证件号码"),
        ("年度考核", 3, "年度"),
    }
    assert found.people == []


def test_good_persons_go_in_beside_bad_ones(upload, actor):
    batch = upload(workbook([person("E0000001", "甲"), person("E0000002", "乙", level="高级工程师")]))
    batch = actions.confirm_import(batch, actor=actor("ent_hr", "A"))
    assert batch.outcome["added"] == 1
    assert [one.person.name for one in StaffMember.objects.all()] == ["甲"]


@pytest.mark.parametrize("content", [b"", b"name,id\n1,2\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_with_a_sentence(upload, content):
    with pytest.raises(Blocked) as refused:
        upload(SimpleUploadedFile("人员.xlsx", content))
    assert refused.value.reasons[0].field == "file"
    assert not ImportBatch.objects.exists()


def test_somebody_who_applies_elsewhere_is_refused_without_the_other_company(
    upload, open_round, plan_in_force, actor, at, submitted, city
):
    year = open_round()
    theirs = submitted(year, "张三")
    from applications.models import AnnualRound

    enterprise_b = city["B"]
    other = AnnualRound(cycle=year.cycle)
    other.pk = 0
    file = workbook([person(theirs.person.id_number, "张三")])
    batch = upload(file, year)
    # As the other company's desk sees it: the same file against another round.
    with batch.attachment.file.open("rb") as source:
        found = examine(source, year.enterprise, other)
    told = " ".join(one.message for one in found.errors)
    assert "本年度已有一份申报" in told
    assert year.enterprise.organisation.name not in told and enterprise_b.name not in told


def test_a_submitted_application_is_left_alone(upload, open_round, submitted, actor):
    year = open_round()
    application = submitted(year, "张三")
    batch = upload(workbook([person(application.person.id_number, "张三", summary="换掉的摘要")]), year)
    actions.confirm_import(batch, actor=actor("ent_hr", "A"))
    application.refresh_from_db()
    assert (application.state, application.summary) == ("submitted", "完成三条产线的夹具改造。")


def test_the_export_goes_in_again_unchanged(upload, open_round, drafted_application, actor, tmp_path):
    year = open_round()
    drafted_application(year, "张三")
    drafted_application(year, "李四")
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_round(year, first)
    batch = upload(SimpleUploadedFile("导出.xlsx", first.read_bytes()), year)
    found = found_in(batch)
    assert found.errors == [] and len(found.people) == 2
    batch = actions.confirm_import(batch, actor=actor("ent_hr", "A"))
    assert batch.outcome == {"added": 0, "changed": 0, "unchanged": 2}
    write_round(year, second)
    assert _values(first) == _values(second)


def test_identity_numbers_are_exported_as_text(open_round, drafted_application, tmp_path):
    year = open_round()
    drafted_application(year, "张三")
    path = tmp_path / "out.xlsx"
    write_round(year, path)
    cell = load_workbook(path)["人员"]["A2"]
    assert isinstance(cell.value, str) and cell.number_format == "@"


def test_five_hundred_and_one_persons_are_too_many(upload):
    people = [person(f"E{number:07d}", "甲", level=None, speciality=None, route=None) for number in range(501)]
    with pytest.raises(Blocked, match="一次最多导入500人"):
        upload(workbook(people))


def _values(path):
    book = load_workbook(path)
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}
