"""Addresses of this stage; the company's under /ent/, experts' under /panel/, the committee's under /committee/."""

from django.urls import path

from reviews.views import ballot, committee, company, draw, expert, printing, tally

app_name = "reviews"
urlpatterns = [
    path("ent/meetings/", company.ReviewHome.as_view(), name="home"),
    path("ent/panel/<int:pk>/", company.PanelPage.as_view(), name="panel"),
    path("ent/panel/<int:pk>/members/<int:member>/", company.MemberPage.as_view(), name="member"),
    path("ent/filing/<int:pk>/", company.FilingPage.as_view(), name="filing"),
    path("ent/filing/<int:pk>/filing.pdf", printing.FilingPdf.as_view(), name="filing_pdf"),
    path("ent/meetings/<int:pk>/", company.MeetingPage.as_view(), name="meeting"),
    path("ent/items/<int:pk>/", company.ItemPage.as_view(), name="item"),
    path("ent/report/<int:pk>/", company.ReportPage.as_view(), name="report"),
    path("ent/report/<int:pk>/report.pdf", printing.ReportPdf.as_view(), name="report_pdf"),
    path("ent/sheets/<int:pk>/", tally.SheetPage.as_view(), name="panel_sheet"),
    path("ent/sheets/<int:pk>/count/", tally.CountPage.as_view(), name="panel_count"),
    path("panel/", expert.ExpertHome.as_view(), name="expert_home"),
    path("panel/meetings/<int:pk>/pads/", expert.PadsPage.as_view(), name="pads"),
    path("panel/pads/<int:pk>/", expert.ScorePage.as_view(), name="score"),
    path("panel/assignments/<int:pk>/", expert.AssignmentPage.as_view(), name="assignment"),
    path("draws/<int:pk>/", draw.DrawPage.as_view(), name="draw"),
    path("draws/<int:pk>/contribute/", draw.ContributePage.as_view(), name="contribute"),
    path("draws/<int:pk>/record.json", draw.DrawFile.as_view(), name="draw_file"),
    path("draws/<int:pk>/record.pdf", printing.DrawPdf.as_view(), name="draw_pdf"),
    path("draws/verify_draw.py", draw.VerifyScript.as_view(), name="verify_draw"),
    path("committee/", committee.CommitteeHome.as_view(), name="committee_home"),
    path("committee/meetings/<int:pk>/", committee.CommitteePage.as_view(), name="committee_meeting"),
    path("committee/slots/<int:pk>/", committee.SlotPage.as_view(), name="slot"),
    path("committee/sheets/<int:pk>/", tally.SheetPage.as_view(), name="committee_sheet"),
    path("committee/sheets/<int:pk>/count/", tally.CountPage.as_view(), name="committee_count"),
    path("committee/sheets/<int:pk>/result.pdf", printing.TallyPdf.as_view(), name="tally_pdf"),
    path("ballot/<int:pk>/", ballot.BallotPage.as_view(), name="ballot"),
    path("ballot/<int:pk>/sealed/", ballot.SealedBallotBox.as_view(), name="sealed_ballot"),
    path("ballot/<int:pk>/unseal/", ballot.UnsealPage.as_view(), name="unseal"),
    path("ballot/<int:pk>/board/", ballot.BoardPage.as_view(), name="board"),
    path("ballot/<int:pk>/board.json", ballot.BoardFile.as_view(), name="board_file"),
    path("ballot/verify_board.py", ballot.VerifyScript.as_view(), name="verify_board"),
    path("ballot/keys/<int:pk>/", ballot.KeyPage.as_view(), name="key"),
    path("ballot/keys/<int:pk>/make/", ballot.MakeKeyPage.as_view(), name="make_key"),
    path("ballot/keys/<int:pk>/check/", ballot.CheckKeyPage.as_view(), name="check_key"),
    path("committee/meetings/<int:pk>/screen/", ballot.CommitteeScreen.as_view(), name="committee_screen"),
    path("ent/meetings/<int:pk>/screen/", ballot.PanelScreen.as_view(), name="panel_screen"),
]
