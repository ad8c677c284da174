"""会议纪要, 表决结果报告 and 计票单 as real PDF, read back: a box opened, then a second round on paper."""

import pytest

from jiaxing_titles.documents.registry import DocumentError
from reviews import actions
from reviews.documents import committee as papers
from tests.reviews.test_documents import Job, text_of
from tests.scenes.balloting import cast, opened
from tests.scenes.registry import reload
from tests.scenes.reviewing import count

pytestmark = pytest.mark.django_db


def printed(build, case):
    return text_of(build(Job(case.pk), None)[1])


@pytest.fixture
def unsealed(deliberated, keyed, actor, judge, holder):
    """A meeting whose one sheet was voted on electronically: nine of ten for everybody."""
    meeting, sec = deliberated("张三", "李四"), actor("committee_sec", "city")
    slot = meeting.slots.get()
    actions.recuse_myself(slot, actor=judge(2), kind="interest", note="合作项目")
    _, shares = keyed(meeting)
    sheet = opened(meeting.sheets.get(), sec)
    for number in (1, *range(3, 11)):
        cast(sheet, judge(number), "yes" if number > 1 else "no")
    sheet = actions.close_ballot(reload(sheet), actor=sec, missing_known=True)
    return actions.unseal_ballot(sheet, actor=holder(1), shares=shares[:2])


def test_the_papers_say_what_was_voted_in_both_rounds(unsealed, actor):
    sec = actor("committee_sec", "city")
    words = printed(papers.build_count, unsealed)
    told = ("计票单", "收票9", "无效0", "计票甲、计票乙、监督丙中的2人", unsealed.box_hash, unsealed.board_hash)
    assert [one for one in told if one not in words] == []
    first = actions.sign_tally(reload(unsealed), actor=sec)
    with pytest.raises(DocumentError, match="还没有闭会"):
        papers.build_result(Job(first.session_id), None)
    assert "草稿" in printed(papers.build_minutes, first.session)
    second = actions.second_round(first, actor=sec, reason="一名评委误操作。")
    second = actions.choose_mode(second, actor=sec, mode="paper")
    with pytest.raises(DocumentError, match="还没有发出"):
        papers.build_count(Job(second.pk), None)
    second = actions.issue_sheet(second, actor=sec)
    assert "两名计票人各填一张" in printed(papers.build_count, second)
    count(second, (actor("teller", "city", "计票甲"), actor("teller", "city", "计票乙")), {1: 9, 2: 3})
    second = actions.sign_tally(reload(second), actor=sec)
    assert "同意（计票甲）" in printed(papers.build_count, second)
    meeting = actions.close_committee(reload(second.session), actor=sec, minutes="程序规范，结果有效。")
    words = printed(papers.build_minutes, meeting)
    told = (
        "应到11人，实到11人（至少须到8人）",
        "中评委秘书city核对，计票甲复核",
        "评委2该企业全部经济利益关系（合作项目）",
        "评委11该企业全部在该企业任职",
        "本轮结果已由第二轮取代",
        "第二轮表决理由：一名评委误操作。",
        "通过2人，未通过0人",
        "通过1人，未通过1人",
        first.board_hash,
        "程序规范，结果有效。",
    )
    assert [one for one in told if one not in words] == []
    assert "草稿" not in words
    words = printed(papers.build_result, meeting)
    assert "表决2人通过1人未通过1人" in words
    assert first.board_hash not in words, "the first round decides nothing"


def test_before_anybody_votes_the_page_warns_of_few_voters_and_of_one_voice(deliberated, login, city):
    sheet = deliberated("张三").sheets.get()
    city.cycle.ballot_least = 11
    city.cycle.save()
    page = login("committee_sec", "city").get(sheet.get_absolute_url()).content.decode()
    assert "张三只有 10 席表决，少于 11 席，结果可能被推断。" in page
    assert "公布票数就等于公布每一席的选择" in page
