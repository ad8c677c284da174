"""制证数据: drafted by one official, agreed to by another, made in the background, delivered, reconciled (G21)."""

from __future__ import annotations

import datetime as dt
import json

from certificates.choices import BatchKind, FileFormat
from certificates.choices import BatchState as S
from certificates.documents import BATCH_FILE
from certificates.forms.batch import BatchForm, DeliverForm, DownloadForm, RemakeForm
from certificates.models import BatchLine, CertificateBatch, CertificateFile, ColumnProfile
from certificates.queries.batch import dry_run, facts_of, next_batch_number, waiting_grants, with_facts
from certificates.rules.columns import row_of
from enterprises.models import Bureau
from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import SYSTEM, Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, Tell, step
from jiaxing_titles.actions.views import CauseForm, ReasonForm
from jiaxing_titles.audit.queries import record_reveal
from jiaxing_titles.documents.jobs import request_document
from jiaxing_titles.documents.models import DocumentJob
from jiaxing_titles.policy.models import Cycle
from jiaxing_titles.reasons import Reason

CLAUSE = "办法五（四）"
CHUNK = 1000
MAX_NAMED = 20
DRAFTERS = ["draft_batch", "refresh_batch", "submit_batch"]


@step(
    Bureau,
    label="建立制证数据批次",
    by=[Role.CITY_CLERK],
    on="organisation",
    creates=True,
    form=BatchForm,
    effects=["列入已行文公布、还没有报送过的人；每人只在一个有效批次里"],
)
def draft_batch(
    bureau: Bureau, *, actor: Actor, cycle: Cycle, kind: str, profile: ColumnProfile, purpose: str
) -> CertificateBatch:
    """R-5.4.3: everybody announced and not yet sent. Void and revoked people go in a batch of the other kind."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    batch = CertificateBatch(
        cycle=cycle,
        organisation=bureau.organisation,
        kind=kind,
        number=next_batch_number(cycle, kind),
        profile=profile,
        purpose=purpose,
    )
    batch.save()
    _fill(batch)
    batch.save()
    return batch


@step(CertificateBatch, label="更新人员", by=[Role.CITY_CLERK], on="organisation", when=[S.DRAFT])
def refresh_batch(batch: CertificateBatch, *, actor: Actor) -> None:
    """Takes in those announced since."""
    batch.lines.all().delete()
    _fill(batch)


def _fill(batch: CertificateBatch) -> None:
    grants = list(waiting_grants(batch.cycle, batch.kind))
    if not grants:
        word = "撤销、无效需要报送的人" if batch.kind == BatchKind.REVOCATION else "已公布还没有报送的人"
        raise Blocked([Reason(f"{batch.cycle}没有{word}。", CLAUSE, "R-5.4.3", "G20", field="cycle")])
    lines = [
        BatchLine(batch=batch, kind=batch.kind, serial=serial, grant=grant)
        for serial, grant in enumerate(grants, start=1)
    ]
    BatchLine.objects.bulk_create(lines, batch_size=CHUNK)
    batch.total_rows = len(lines)


def unsound_rows(batch: CertificateBatch, actor: Actor) -> list[Reason]:
    """The dry run: empty required columns, codes not in the map, wrong check digits."""
    reasons: list[Reason] = []
    for line, problems in dry_run(batch):
        if len(reasons) == MAX_NAMED:
            break
        text = f"序号{line.serial} {line.grant.line}：{'；'.join(problems)}。"
        reasons.append(Reason(text, CLAUSE, "R-5.4.3", "G21", remedy="请补正资料，或调整列设置。"))
    return reasons


@step(
    CertificateBatch,
    label="提交审核",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="submit",
    blockers=unsound_rows,
    effects=["数据就此定稿，之后资料变动不影响本批次"],
    tells=[Tell(Role.CITY_REVIEWER, "organisation", "{case}含完整证件号码，请审核是否同意生成。")],
)
def submit_batch(batch: CertificateBatch, *, actor: Actor) -> None:
    """Freezes columns and rows, so that the file can be made again byte for byte."""
    batch.columns = batch.profile.columns
    batch.sealed_at = clock.now()
    layout = batch.layout
    batch.total_rows = 0
    lines = with_facts(batch.lines.all()).order_by("serial")
    chunk: list[BatchLine] = []
    for line in lines.iterator(chunk_size=CHUNK):
        cells = row_of(layout, facts_of(line))
        line.row = json.dumps(cells, ensure_ascii=False)
        line.check_digits = cells[[column.source for column in layout].index("row_check")]
        chunk.append(line)
        if len(chunk) == CHUNK:
            _freeze(batch, chunk)
            chunk = []
    _freeze(batch, chunk)


def _freeze(batch: CertificateBatch, lines: list[BatchLine]) -> None:
    BatchLine.objects.bulk_update(lines, ["row", "check_digits"])
    batch.total_rows += len(lines)


@step(
    CertificateBatch,
    label="退回修改",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="send_back",
    form=ReasonForm,
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}被退回：{reason}")],
)
def send_back_batch(batch: CertificateBatch, *, actor: Actor, reason: str) -> None:
    """Back to the drafter."""


@step(
    CertificateBatch,
    label="同意生成",
    by=[Role.CITY_REVIEWER],
    on="organisation",
    move="make",
    other_than=DRAFTERS,
    effects=["后台生成 xlsx 和 csv 两种文件，页面显示进度"],
)
def approve_batch(batch: CertificateBatch, *, actor: Actor) -> None:
    """The second official for unmasked numbers; the making starts after commit."""
    for format_ in FileFormat.values:
        CertificateFile(batch=batch, format=format_, job=_request(batch, format_)).save()


def _request(batch: CertificateBatch, format_: str) -> DocumentJob:
    # Asked for by the system, so that nobody may fetch it from 我的文件 past the record of `download_file`.
    return request_document(BATCH_FILE, actor=SYSTEM, title=f"{batch}（{format_}）", batch=batch.pk, format=format_)


@step(
    CertificateBatch,
    label="重新生成文件",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.MAKING, S.DELIVERED, S.ACKNOWLEDGED],
    form=RemakeForm,
    effects=["按定稿的数据重新生成，内容与原文件逐字节相同"],
)
def remake_file(batch: CertificateBatch, *, actor: Actor, format: str) -> None:
    """A making that failed, or a file that was lost."""
    file = batch.files.select_related("job").get(format=FileFormat(format))
    if file.job.is_unfinished:
        raise Blocked([Reason("这一格式正在生成，请稍候。", field="format")])
    file.job = _request(batch, file.format)
    file.save()


@step(
    CertificateBatch,
    label="下载文件",
    by=[Role.CITY_CLERK],
    on="organisation",
    when=[S.MAKING, S.DELIVERED, S.ACKNOWLEDGED],
    form=DownloadForm,
    effects=["文件含完整证件号码，本次下载的人、时间、用途记录在案"],
)
def download_file(batch: CertificateBatch, *, actor: Actor, format: str, reason: str) -> None:
    """Each look at unmasked numbers leaves an event; the view hands out the bytes afterwards."""
    file = batch.files.select_related("job").get(format=FileFormat(format))
    if not file.is_made:
        raise Blocked([Reason("这一格式的文件还没有生成完毕。", field="format", remedy="请稍后再试。")])
    record_reveal(actor, batch, f"{batch.total_rows}人的证件号码（{format}）", reason)


@step(
    CertificateBatch,
    label="登记报送",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="deliver",
    form=DeliverForm,
)
def deliver_batch(batch: CertificateBatch, *, actor: Actor, delivered_on: dt.date, delivery_note: str) -> None:
    """Handed to the province's system; from here on only its receipt changes a line."""
    batch.delivered_on, batch.delivery_note = delivered_on, delivery_note


@step(
    CertificateBatch,
    label="回执对账完毕",
    by=[Role.CITY_CLERK],
    on="organisation",
    move="acknowledge",
    effects=["被退回的人可以列入下一批次"],
)
def acknowledge_batch(batch: CertificateBatch, *, actor: Actor) -> None:
    """G21: every row has its number or the province's reason."""


@step(
    CertificateBatch,
    label="作废批次",
    by=[Role.CITY_LEAD],
    on="organisation",
    move="cancel",
    form=CauseForm,
    kind="danger",
    other_than=DRAFTERS,
    effects=["批次里的人可以列入新的批次"],
    tells=[Tell(Role.CITY_CLERK, "organisation", "{case}已作废：{reason}")],
)
def cancel_batch(batch: CertificateBatch, *, actor: Actor, reason: str) -> None:
    """Only before delivery, and not by whoever made it."""
    batch.lines.update(released=True)
