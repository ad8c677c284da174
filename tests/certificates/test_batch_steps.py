"""制证数据 (G21): two officials, frozen rows, one live line a person, receipts all or nothing."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from applications.models import TitleApplication
from certificates import actions
from certificates.choices import BatchState as S
from certificates.documents import plain_bytes
from certificates.models import BatchLine, ReceiptImport, TitleGrant
from certificates.queries.batch import facts_of, with_facts
from certificates.rules.columns import FIELDS
from jiaxing_titles.accounts.models import User
from jiaxing_titles.actions import Blocked, NotPermitted
from jiaxing_titles.audit.models import AuditEvent
from jiaxing_titles.documents.tasks import make
from tests.scenes.registry import reload

steps = actions.batch


def stands(scenes):
    scenes.submitted(scenes.open_round("A"), "张三")


def content(batch, format_):
    return plain_bytes(batch.files.get(format=format_).job)


def rows_of(batch):
    text = content(batch, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def receipt(batch, *answers):
    """A csv receipt: (row of the batch, certificate number, refusal)."""
    lines = ["批次号,序号,行校验,证书编号,失败原因"]
    for row, number, refusal in answers:
        lines.append(f"{row['批次号']},{row['序号']},{row['行校验']},{number},{refusal}")
    return ContentFile("\r\n".join(lines).encode("utf-8-sig"), name="回执.csv")


def test_a_csv_receipt_is_read_in_every_encoding_or_refused_in_words(delivered_batch, clerk):
    """What Excel, WPS and the province save; a cell without measure and a NUL are no 500."""
    batch = delivered_batch("张三")
    [row] = rows_of(batch)
    whole = receipt(batch, (row, "2026330400000001", "")).read().decode("utf-8-sig")
    told = {
        "utf-16": (whole.encode("utf-16"), "看不出文件的文字编码"),
        "semicolons": (whole.replace(",", ";").encode(), "缺少“批次号”“序号”“行校验”“证书编号”“失败原因”这几列"),
        "a huge cell": (whole.encode() + b"x" * 200_000, "不是能读的 csv 表格"),
        "nothing": (b"", "缺少“批次号”"),
        "an old number": (whole.replace("行校验", "校验").encode(), "缺少“行校验”"),
        "a foreign serial": (whole.replace(f",{row['序号']},", ",²,").encode(), "序号"),
    }
    for attempt, (sent, says) in told.items():
        with pytest.raises(Blocked) as refused:
            actions.receipt.import_receipt(batch, actor=clerk, file=ContentFile(sent, name="回执.csv"))
        assert says in str(refused.value), attempt
        assert all(reason.field == "file" for reason in refused.value.reasons), attempt
    for sent in (whole.encode("utf-8-sig"), whole.encode("gbk"), whole.encode("gb18030"), whole.encode()):
        for end in ("\n", "\r", "\r\n"):
            again = sent.replace(b"\r\n", end.encode())
            actions.receipt.import_receipt(reload(batch), actor=clerk, file=ContentFile(again, name="回执.csv"))
    nul = whole.replace("2026330400000001", "2026330400\x00000001")
    actions.receipt.import_receipt(reload(batch), actor=clerk, file=ContentFile(nul.encode(), name="回执.csv"))
    assert list(TitleGrant.objects.values_list("certificate_number", flat=True)) == ["2026330400000001"]


def test_both_files_hold_every_person_with_the_number_as_text(made_batch):
    batch = made_batch("张三", "李四")
    rows = rows_of(batch)
    assert [(row["姓名"], row["身份证号码"], row["性别"]) for row in rows] == [
        ("李四", "330481199003071259", "男"),
        ("张三", "330481199003071232", "男"),
    ]
    assert {row["公布文号"] for row in rows} == {"嘉人社〔2026〕3号"}
    sheet = openpyxl.load_workbook(io.BytesIO(content(batch, "xlsx"))).active
    titles = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, titles.index("身份证号码") + 1)
    assert (cell.value, cell.data_type, cell.number_format) == ("330481199003071259", "s", "@")
    assert [[value or "" for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        list(row.values()) for row in rows
    ]


KNOWN = {
    "批次号": "ZZ2026-01",
    "序号": "1",
    "年度": "2026",
    "行政区划代码": "330481",
    "现工作单位": "示例精密机械有限公司",
    "统一社会信用代码": "91330481MA2B000012",
    "姓名": "张三",
    "性别": "男",
    "出生日期": "1990-03-07",
    "证件类型": "居民身份证",
    "身份证号码": "330481199003071232",
    "学历": "大学本科",
    "毕业院校": "示例大学",
    "所学专业": "机械工程",
    "毕业时间": "2021-06-30",
    "参加工作时间": "2021-07",
    "原取得资格": "无",
    "系列": "工程技术",
    "资格名称": "工程师",
    "专业名称": "机械设计",
    "取得方式": "评审",
    "评委会名称": "嘉兴市工程技术中级职称资格评审委员会",
    "取得时间": "2026-12-04",
    "公布文号": "嘉人社〔2026〕3号",
    "公布日期": "2026-12-15",
}


def test_each_column_is_filled_from_what_the_product_knows(made_batch):
    batch = made_batch("张三")
    (row,) = rows_of(batch)
    assert {title: value for title, value in row.items() if value and title != "行校验"} == KNOWN
    facts = facts_of(with_facts(batch.lines.all()).get())
    assert set(FIELDS) - set(facts) == {"row_check", "annulment", "annulment_number", "annulled_on"}
    assert (facts["county"], facts["level"]) == ("海宁市人力资源和社会保障局", "中级")


def test_a_file_made_again_is_byte_for_byte_the_same_whatever_changed_since(made_batch, clerk, at):
    batch = made_batch("张三")
    before = {format_: content(batch, format_) for format_ in ("xlsx", "csv")}
    hashes = {file.format: file.sha256 for file in batch.files.all()}
    person = User.objects.get(name="张三")
    person.name, person.id_number = "张三丰", "330481199003071291"
    person.save()
    at("2027-02-03 10:11:12")
    for format_ in before:
        batch = steps.remake_file(reload(batch), actor=clerk, format=format_)
        make(batch.files.get(format=format_).job_id)
        assert content(batch, format_) == before[format_]
    assert {file.format: file.sha256 for file in batch.files.all()} == hashes


def test_no_number_lies_open_on_the_disk(made_batch):
    batch = made_batch("张三")
    for file in batch.files.select_related("job"):
        with file.job.file.open("rb") as stored:
            raw = stored.read()
        assert b"330481199003071232" not in raw
        assert not raw.startswith(b"PK")
        assert "330481199003071232" not in file.download_name
        assert file.sha256[:16] in file.download_name
    with connection.cursor() as cursor:
        cursor.execute('SELECT "row" FROM certificates_batchline')
        assert "330481199003071232" not in str(cursor.fetchall())


def test_nothing_becomes_a_formula(made_batch):
    text = "批次号 | 批次号\n序号 | 序号\n姓名 | 固定：=1+1\n甲 | 固定：＋1+1\n行校验 | 行校验\n"
    batch = made_batch("张三", text=text)
    row = rows_of(batch)[0]
    assert row["姓名"].startswith("'=") and row["甲"].startswith("'＋")
    sheet = openpyxl.load_workbook(io.BytesIO(content(batch, "xlsx"))).active
    assert all(cell.data_type in ("s", "n") for line in sheet.iter_rows() for cell in line)


def test_a_second_official_agrees(drafted_batch, clerk, reviewer, city):
    batch = steps.submit_batch(drafted_batch("张三"), actor=clerk)
    with pytest.raises(NotPermitted):
        steps.approve_batch(batch, actor=clerk)
    assert not batch.files.exists()
    assert steps.approve_batch(batch, actor=reviewer).files.count() == 2


def test_it_waits_on_the_first_page_of_whoever_is_next(drafted_batch, clerk, reviewer, login):
    batch = steps.submit_batch(drafted_batch("张三"), actor=clerk)
    link = f'<a href="{batch.console_url()}">{batch}</a>'
    assert link in login("city_reviewer", "city").get("/console/").content.decode()
    steps.approve_batch(batch, actor=reviewer)
    for file in batch.files.all():
        make(file.job_id)
    assert link in login("city_clerk", "city").get("/console/").content.decode()


def test_the_dry_run_names_the_person_and_never_the_number(drafted_batch, clerk):
    batch = drafted_batch("张三", "李四")
    person = User.objects.get(name="张三")
    person.id_number = "330481199003071230"
    person.save()
    with pytest.raises(Blocked) as refused:
        steps.submit_batch(batch, actor=clerk)
    assert "张三" in str(refused.value) and "校验位" in str(refused.value)
    assert "330481199003071230" not in str(refused.value)
    assert reload(batch).state == S.DRAFT


def test_each_download_is_recorded_with_its_reason(made_batch, clerk, reviewer, lead):
    batch = made_batch("张三")
    for who in (reviewer, lead):
        with pytest.raises(NotPermitted):
            steps.download_file(batch, actor=who, format="xlsx", reason="看看")
    steps.download_file(batch, actor=clerk, format="xlsx", reason="导入省系统")
    event = AuditEvent.objects.get(outcome="revealed")
    assert event.reason == "导入省系统"
    assert event.user_id == clerk.user.pk


def test_each_person_is_on_one_live_batch(made_batch, bureaus, city, clerk, profile):
    batch = made_batch("张三")
    facts = {"cycle": city.cycle, "kind": "grant", "profile": batch.profile, "purpose": "x"}
    with pytest.raises(Blocked):
        steps.draft_batch(bureaus["city"], actor=clerk, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchLine(batch=batch, kind="grant", serial=9, grant=TitleGrant.objects.get()).save()


def test_a_cancelled_batch_frees_its_people(made_batch, bureaus, city, clerk, lead):
    batch = steps.cancel_batch(made_batch("张三"), actor=lead, reason="列设置有误")
    facts = {"cycle": city.cycle, "kind": "grant", "profile": batch.profile, "purpose": "x"}
    again = steps.draft_batch(bureaus["city"], actor=clerk, **facts)
    assert (again.number, again.total_rows) == ("ZZ2026-02", 1)


def test_nothing_leaves_before_both_files_are_made(drafted_batch, clerk, reviewer):
    batch = steps.approve_batch(steps.submit_batch(drafted_batch("张三"), actor=clerk), actor=reviewer)
    make(batch.files.get(format="csv").job_id)
    facts = {"delivered_on": dt.date(2026, 12, 15), "delivery_note": "导入"}
    with pytest.raises(Blocked) as refused:
        steps.deliver_batch(batch, actor=clerk, **facts)
    assert refused.value.reasons[0].gate == "G21"
    make(batch.files.get(format="xlsx").job_id)
    assert steps.deliver_batch(batch, actor=clerk, **facts).state == S.DELIVERED


def test_a_receipt_gives_numbers_and_reasons_and_closes_the_batch(delivered_batch, clerk, bureaus, city):
    batch = delivered_batch("张三", "李四")
    one, two = rows_of(batch)
    with pytest.raises(Blocked):
        steps.acknowledge_batch(batch, actor=clerk)
    file = receipt(batch, (one, "ZJ2026000001", ""), (two, "", "照片缺失"))
    batch = actions.receipt.import_receipt(batch, actor=clerk, file=file)
    assert TitleGrant.objects.get(person__name="李四").certificate_number == "ZJ2026000001"
    again = actions.receipt.import_receipt(
        reload(batch), actor=clerk, file=receipt(batch, (one, "ZJ2026000001", ""), (two, "", "照片缺失"))
    )
    assert ReceiptImport.objects.count() == 1
    assert steps.acknowledge_batch(again, actor=clerk).state == S.ACKNOWLEDGED
    facts = {"cycle": city.cycle, "kind": "grant", "profile": batch.profile, "purpose": "补报"}
    rest = steps.draft_batch(bureaus["city"], actor=clerk, **facts)
    assert [line.grant.person.name for line in rest.lines.all()] == ["张三"]


@pytest.mark.parametrize("spoil", ["batch", "check", "number_twice"])
def test_a_receipt_that_does_not_fit_changes_nothing(delivered_batch, clerk, spoil):
    batch = delivered_batch("张三", "李四")
    one, two = rows_of(batch)
    if spoil == "batch":
        two = {**two, "批次号": "ZZ2026-99"}
    if spoil == "check":
        two = {**two, "行校验": "000000000000"}
    second = "ZJ1" if spoil == "number_twice" else "ZJ2"
    with pytest.raises(Blocked) as refused:
        actions.receipt.import_receipt(batch, actor=clerk, file=receipt(batch, (one, "ZJ1", ""), (two, second, "")))
    assert {reason.field for reason in refused.value.reasons} == {"file"}
    assert not TitleGrant.objects.exclude(certificate_number="").exists()
    assert set(BatchLine.objects.values_list("outcome", flat=True)) == {"pending"}


def test_the_sent_csv_filled_in_is_a_receipt(delivered_batch, clerk):
    """As the form says: the certificate numbers typed into the file that was sent, one column added."""
    batch = delivered_batch("张三")
    rows = [{**row, "证书编号": "ZJ2026000009", "失败原因": ""} for row in rows_of(batch)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = ContentFile(text.getvalue().encode("utf-8-sig"), name="制证数据.csv")
    actions.receipt.import_receipt(batch, actor=clerk, file=file)
    assert TitleGrant.objects.get().certificate_number == "ZJ2026000009"


def test_an_xlsx_receipt_reads_the_same(delivered_batch, clerk):
    batch = delivered_batch("张三")
    (row,) = rows_of(batch)
    book = openpyxl.Workbook()
    book.active.title = "制证数据"
    book.active.append(["批次号", "序号", "行校验", "证书编号", "失败原因"])
    book.active.append([row["批次号"], int(row["序号"]), row["行校验"], "ZJ7", ""])
    buffer = io.BytesIO()
    book.save(buffer)
    actions.receipt.import_receipt(batch, actor=clerk, file=ContentFile(buffer.getvalue(), name="回执.xlsx"))
    assert TitleGrant.objects.get().certificate_number == "ZJ7"


def test_a_revoked_title_is_not_sent_and_is_reported(made_batch, bureaus, city, clerk, reviewer, lead, at):
    """C-4 between making and sending: the batch may not leave; the revocation goes in a batch of its own."""
    batch = made_batch("张三", "李四")
    application = TitleApplication.objects.get(person__name="张三")
    annul = actions.annulment
    case = annul.open_annulment(application, actor=clerk, ground="false_material", facts="伪造。")
    case = annul.notice_annulment(case, actor=clerk, statement_due_on=dt.date(2026, 12, 16))
    at("2026-12-17 09:00:00")
    case = annul.submit_annulment(annul.close_hearing(case, actor=clerk), actor=clerk, conclusion="撤销。")
    case = annul.review_annulment(case, actor=reviewer)
    annul.decide_annulment(case, actor=lead, number="嘉人社〔2026〕5号", dated_on=dt.date(2026, 12, 17))
    with pytest.raises(Blocked) as refused:
        steps.deliver_batch(batch, actor=clerk, delivered_on=dt.date(2026, 12, 17), delivery_note="导入")
    assert "已撤销" in str(refused.value)
    facts = {"cycle": city.cycle, "profile": batch.profile, "purpose": "x"}
    report = steps.draft_batch(bureaus["city"], actor=clerk, kind="revocation", **facts)
    assert report.number == "CX2026-01"
    report = steps.submit_batch(report, actor=clerk)
    report = steps.approve_batch(report, actor=reviewer)
    make(report.files.get(format="csv").job_id)
    (row,) = rows_of(report)
    assert (row["处理结果"], row["处理文号"], row["处理日期"]) == ("撤销职称", "嘉人社〔2026〕5号", "2026-12-17")
