"""The electronic way of a sheet: open, cast, close, unseal (办法五（三）：无记名投票). Signed as a paper one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import connection

from jiaxing_titles import clock
from jiaxing_titles.accounts.actor import Actor
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions import Blocked, step
from jiaxing_titles.reasons import Reason
from reviews import forms
from reviews.actions.keys import HOLDERS, is_holder, key_pair
from reviews.actions.tally import for_desk, hand_out
from reviews.choices import SheetState
from reviews.gates.ballot import members_here
from reviews.gates.meeting import cycle_of
from reviews.models import BallotSeat, Board, SealedBallot, Slip, VoteSheet
from reviews.queries.box import receipts_in, sealed_in
from reviews.rules.ballot import board, plaintext, sealing
from reviews.rules.ballot.form import Form, canonical, digest, read_form
from reviews.rules.ballot.shares import Share
from reviews.rules.ballot.unsealing import Tally, unseal

CLAUSE = "办法五（三）"
DESK = (Role.PANEL_SEC, Role.ENT_HR, Role.COMMITTEE_SEC)
VOTERS = (Role.COMMITTEE, Role.PANEL_EXPERT)


@step(
    VoteSheet,
    label="选择投票方式",
    by=DESK,
    on="organisation",
    when=[SheetState.PREPARED],
    form=forms.ModeForm,
    effects=[
        "纸票：发票后由两名计票人各自录入合计票数",
        "电子票：评委在自己的手机或平板上投票，监票人凑齐钥匙后开票；选票在服务器上密封，算法能抗量子计算",
        "在评委手机上密封：选择不离开手机，服务器打不开；须用 https 地址，密封不了的手机由服务器密封；算法不抗量子计算",
    ],
)
def choose_mode(sheet: VoteSheet, *, actor: Actor, mode: str) -> None:
    """By sheet: paper and electronic sheets may stand side by side in one meeting."""
    sheet.mode = mode


def form_of(sheet: VoteSheet) -> Form:
    """What voters see and the seal is bound to, from the sheet as handed out."""
    cycle = cycle_of(sheet.sitting)
    kind = "committee" if sheet.session_id is not None else "panel"
    lines = list(sheet.lines.select_related("application__person"))
    return Form(
        meeting=f"{kind}-{sheet.sitting.pk}",
        sheet=str(sheet.pk),
        title=str(sheet),
        members=sheet.members,
        seats=sheet.seats,
        names={line.number: line.application.person.name for line in lines},
        recused={line.number: line.recused_seats for line in lines},
        pass_num=cycle.pass_num,
        pass_den=cycle.pass_den,
        suite=sealing.IN_BROWSER if sheet.sealed_by_voter else sealing.ON_SERVER,
    )


@step(
    VoteSheet,
    label="开始投票",
    by=DESK,
    on="organisation",
    move="open_box",
    blockers=lambda sheet, actor: for_desk(sheet, actor),
    over=lambda sheet, actor: not sheet.electronic,
    notes=("form_hash",),
    effects=["名单、席位、回避从此固定", "到会评委可以在自己的页面上投票，一席一票，不能代投"],
)
def open_ballot(sheet: VoteSheet, *, actor: Actor) -> None:
    """Freezes the form and the roll: one seat for everybody signed in, with the names that he does not vote on."""
    recused = hand_out(sheet)
    kind = "committee_member" if sheet.session_id is not None else "panel_member"
    roll = []
    for member in members_here(sheet):
        out = sorted(number for number, members in recused.items() if member.pk in members)
        seat = BallotSeat(sheet=sheet, user_id=member.user_id, recused=out, may_vote=len(out) < len(recused))
        setattr(seat, kind, member)
        roll.append(seat)
    BallotSeat.objects.bulk_create(roll)
    form = form_of(sheet)
    sheet.form, sheet.form_hash = form.text, form.hash


@step(
    BallotSeat,
    label="投票",
    by=VOTERS,
    on="sheet.organisation",
    own="user",
    move="cast",
    form=forms.BallotForm,
    hidden=True,  # the ballot page asks, shows for checking, then casts
    unrecorded=("marks", "seed"),
    effects=["选票密封后投入票箱，不能修改，也不能收回"],
)
def cast_ballot(seat: BallotSeat, *, actor: Actor, marks: Mapping[int, str], seed: bytes) -> None:
    """Seals inside this request; what was chosen is written nowhere else. `marks`: number → yes, no, abstain."""
    sheet = seat.sheet
    form = read_form(sheet.form)
    wanted = [number for number in form.numbers if number not in seat.recused]
    if sorted(marks) != wanted:
        raise Blocked([_reason("请对票上每一个人都作出选择，回避的除外。")])
    filled = {number: marks.get(number, plaintext.RECUSED) for number in form.numbers}
    ballot = plaintext.Ballot(filled, plaintext.roots_from(seed, form.numbers))
    plain = plaintext.encode(ballot, form.hash, form.numbers)
    _into_the_box(seat, sealing.seal(plain, bytes(sheet.sitting.key.public_key), form.context, form.suite))


@step(
    BallotSeat,
    label="投票（手机上密封）",
    by=VOTERS,
    on="sheet.organisation",
    own="user",
    move="cast",
    form=forms.SealedBallotForm,
    hidden=True,  # the ballot page seals, then casts
    unrecorded=("sealed",),
    effects=["密封好的选票投入票箱，不能修改，也不能收回"],
)
def cast_sealed_ballot(seat: BallotSeat, *, actor: Actor, sealed: bytes) -> None:
    """What a member's own device sealed. Nothing here can open it: one that is no ballot is found at the unsealing."""
    form = read_form(seat.sheet.form)
    if not seat.sheet.sealed_by_voter:
        raise Blocked([_reason("这张票在服务器上密封，不接受手机上密封的选票。", "请重新打开选票页面。")])
    if len(sealed) != sealing.sealed_length(plaintext.length(len(form.numbers)), form.suite):
        raise Blocked([_reason("密封的选票长度不对，没有投进票箱。", "请重新打开选票页面再投。")])
    if SealedBallot.objects.filter(receipt=sealing.receipt_of(sealed)).exists():
        raise Blocked([_reason("票箱里已经有一张相同的密封选票，不能再投。", "请重新打开选票页面再投。")])
    _into_the_box(seat, sealed)


def _into_the_box(seat: BallotSeat, sealed: bytes) -> None:
    receipt = sealing.receipt_of(sealed)
    SealedBallot.objects.create(receipt=receipt, sheet=seat.sheet, seat=seat, recused=seat.recused, ciphertext=sealed)


@step(
    VoteSheet,
    label="封箱",
    by=DESK,
    on="organisation",
    move="close_box",
    form=forms.CloseForm,
    blockers=lambda sheet, actor: for_desk(sheet, actor),
    notes=("box_hash",),
    effects=["不再接受投票，未投的不能补投", "全部回执排序后的校验值写入办理记录"],
)
def close_ballot(sheet: VoteSheet, *, actor: Actor, missing_known: bool = False) -> None:
    """The lock on the sheet waits for ballots on their way; none comes in behind it."""
    sheet.box_hash, sheet.closed_at = board.box_hash(receipts_in(sheet)), clock.now()


@step(
    VoteSheet,
    label="开票",
    by=HOLDERS,
    on="organisation",
    move="unseal",
    form=forms.UnsealForm,
    blockers=lambda sheet, actor: is_holder(sheet.sitting.key, actor) if hasattr(sheet.sitting, "key") else [],
    hidden=True,  # shares are typed on a page of their own
    unrecorded=("shares",),
    notes=("board_hash", "ballots", "invalid_ballots"),
    effects=["凑齐的钥匙只在本次办理中使用，不保存", "全部选票打乱顺序后一次写成各人票面，与席位不再有任何联系"],
)
def unseal_ballot(sheet: VoteSheet, *, actor: Actor, shares: Sequence[Share]) -> None:
    """Opens all, shuffles, writes slips and totals at once: all of it or nothing, and then again from the start."""
    pair = key_pair(sheet.sitting.key, shares)
    form, sealed = read_form(sheet.form), sealed_in(sheet)
    receipts = [sealing.receipt_of(one.data) for one in sealed]
    if board.box_hash(receipts) != sheet.box_hash:
        raise Blocked([_reason("票箱里的选票与封箱时的校验值不符，不能开票。", "请保持现状，报告主任委员和市局领导。")])
    unsealed = unseal(sealed, pair, form)
    Slip.objects.bulk_create(
        [Slip(code=one.code, sheet=sheet, number=one.number, choice=one.choice) for one in unsealed.slips]
    )
    _write_totals(sheet, unsealed.tallies)
    text = board.board_file(form, receipts, unsealed)
    Board.objects.create(sheet=sheet, file=text, sha256=digest(text))


# Five columns of thirty rows as CASE expressions cost more than opening and shuffling the ballots together.
TOTALS = """
UPDATE reviews_voteline l
SET yes = t.yes, no = t.no, abstain = t.abstain, recused = t.recused, invalid = t.invalid
FROM jsonb_to_recordset(%s::jsonb) t (number int, yes int, no int, abstain int, recused int, invalid int)
WHERE l.sheet_id = %s AND l.number = t.number
"""


def _write_totals(sheet: VoteSheet, tallies: Sequence[Tally]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [canonical([asdict(one) for one in tallies]), sheet.pk])


def _reason(text: str, remedy: str = "") -> Reason:
    return Reason(text, clause=CLAUSE, rule="R-5.3.6", gate="G18", remedy=remedy)
