"""One topic a page: save and go on, save for later, add a line, put a file beside it."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from applications.actions import (
    attach_evidence,
    remove_evidence,
    save_exceptional,
    save_person,
    save_records,
    save_scope,
)
from applications.choices import ApplicationState
from applications.forms.application import StartForm
from applications.forms.records import (
    RECORD_FORMS,
    EvidenceForm,
    ExceptionalForm,
    PersonForm,
    RecommendationFormSet,
    record_formset,
)
from applications.gates.parts import RELATIONS
from applications.models import TitleApplication
from applications.queries.self_check import standing_of
from applications.rules.material import FILES, NAMES, needed_topics
from applications.views.answers import BROUGHT, first_rows
from applications.views.tasks import next_topic_url
from jiaxing_titles.accounts.access import RoleRequired
from jiaxing_titles.accounts.roles import Role
from jiaxing_titles.actions.case import get_visible
from jiaxing_titles.actions.doing import run, spread, tokens
from jiaxing_titles.reasons import Reason
from jiaxing_titles.ui.components import FileRow

RELATED = ("round__plan", "cycle", "person", "enterprise__organisation", "speciality")


class TopicView(RoleRequired, View):
    """Common to all topics: who may write, where it leads next, the files of the topic."""

    roles = (Role.APPLICANT,)
    topic = ""
    can_add = False
    template_name = "applications/topic.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.topic = kwargs.pop("topic", self.topic)
        return super().dispatch(request, *args, **kwargs)

    def load(self, request: Any, pk: int) -> TitleApplication:
        application: TitleApplication = get_visible(TitleApplication, request.actor, pk, RELATED)
        return application

    def forms(self, request: Any, application: TitleApplication, bound: bool) -> dict[str, Any]:
        raise NotImplementedError

    def save(self, request: HttpRequest, application: TitleApplication, forms: dict[str, Any]) -> Any:
        raise NotImplementedError

    def get(self, request: Any, pk: int) -> HttpResponse:
        application = self.load(request, pk)
        if application.state not in ApplicationState.editable():
            return redirect("applications:application", pk=pk)
        return self.page(request, application, self.forms(request, application, bound=False), [])

    def post(self, request: Any, pk: int) -> HttpResponse:
        application = self.load(request, pk)
        forms = self.forms(request, application, bound=True)
        forms["evidence"] = EvidenceForm(request.POST, request.FILES)
        valid = [one.is_valid() for one in forms.values()]
        if not all(valid):
            return self.page(request, application, forms, [], status=422)
        application, reasons = self.save(request, application, forms)
        if not reasons:
            reasons = self._store_file(request, application, forms["evidence"])
        if reasons:
            rest = spread(reasons, *forms.values())
            return self.page(request, application, forms, rest, status=422)
        return self.done(request, application)

    def _store_file(self, request: Any, application: TitleApplication, form: EvidenceForm) -> list[Reason]:
        upload = form.cleaned_data.get("file")
        if not upload or self.topic not in NAMES:
            return []
        facts = {"topic": self.topic, "file": upload, "note": form.cleaned_data["note"]}
        return run(attach_evidence, application, request, versioned=False, keyed=False, **facts)[1]

    def done(self, request: Any, application: TitleApplication) -> HttpResponse:
        choice = request.POST.get("then", "")
        messages.success(request, f"已保存：{NAMES.get(self.topic, '级别、专业和途径')}。")
        if choice == "later":
            return redirect("applications:application", pk=application.pk)
        if choice in ("more", "file"):
            return redirect(f"{request.path}{'?extra=1' if choice == 'more' else ''}")
        return redirect(next_topic_url(application, self.topic))

    def page(
        self,
        request: Any,
        application: TitleApplication,
        forms: dict[str, Any],
        reasons: list[Reason],
        status: int = 200,
    ) -> HttpResponse:
        forms.setdefault("evidence", EvidenceForm())
        standing = standing_of(application)
        context = {
            "application": application,
            "topic": self.topic,
            "title": NAMES.get(self.topic, "级别、专业和途径"),
            "has_files": self.topic in FILES,
            "files_wanted": FILES.get(self.topic, ""),
            "files": self.files(application),
            "reasons": reasons,
            "has_errors": bool(reasons) or status != 200,
            "standing": standing,  # what the machine makes of what is saved so far (F-19, F-20)
            "conclusion": standing.conclusion,
            "brought": self.brought(request, application),
            "can_add": self.can_add,
            **forms,
            **tokens(request, application),
        }
        return render(request, self.template_name, context, status=status)

    def brought(self, request: Any, application: TitleApplication) -> bool:
        """Whether the page begins with what was answered in the 自查 before signing in."""
        return False

    def files(self, application: TitleApplication) -> list[FileRow]:
        rows = application.evidence.filter(topic=self.topic).select_related("attachment")
        return [
            FileRow(
                one.attachment.original_name,
                one.note,
                reverse("attachments:download", args=[one.attachment_id]),
                reverse("applications:remove_file", args=[application.pk, one.pk]),
            )
            for one in rows
        ]


class ScopeView(TopicView):
    """级别、专业、途径."""

    def forms(self, request: Any, application: TitleApplication, bound: bool) -> dict[str, Any]:
        names = ("level", "route", "department", "position")
        initial = {name: getattr(application, name) for name in names} | {"speciality": application.speciality_id}
        data = request.POST if bound else None
        return {"form": StartForm(data, case=application, initial=initial)}

    def save(self, request: HttpRequest, application: TitleApplication, forms: dict[str, Any]) -> Any:
        return run(save_scope, application, request, **forms["form"].cleaned_data)


class PersonView(TopicView):
    topic = "person"

    def forms(self, request: Any, application: TitleApplication, bound: bool) -> dict[str, Any]:
        # A form of its own instance: a wrong entry must not change the row that the page shows.
        case = TitleApplication.objects.get(pk=application.pk)
        initial = {}
        if case.courses_match is None:
            initial["courses_match"] = request.session.get(BROUGHT, {}).get("courses_match")
        return {"form": PersonForm(request.POST if bound else None, case=case, initial=initial)}

    def save(self, request: HttpRequest, application: TitleApplication, forms: dict[str, Any]) -> Any:
        return run(save_person, application, request, **forms["form"].cleaned_data)


class RecordsView(TopicView):
    """学历、经历、职务、考核、学时、业绩: cards, one a record."""

    template_name = "applications/records.html"
    can_add = True

    def load(self, request: Any, pk: int) -> TitleApplication:
        if self.topic not in RECORD_FORMS:
            raise Http404
        return super().load(request, pk)

    def forms(self, request: Any, application: TitleApplication, bound: bool) -> dict[str, Any]:
        names = RECORD_FORMS[self.topic]._meta.fields
        records = [{name: getattr(one, name) for name in names} for one in self._records(application)]
        records = records or self._first_rows(request, application)
        wanted = request.GET.get("extra", "") == "1"
        kind = record_formset(self.topic, extra=1 if wanted or not records else 0)
        if bound:  # what was stored must not make a typed line look unchanged
            return {"formset": kind(request.POST, prefix=self.topic)}
        return {"formset": kind(initial=records, prefix=self.topic)}

    def brought(self, request: Any, application: TitleApplication) -> bool:
        return not self._records(application) and bool(self._first_rows(request, application))

    def _first_rows(self, request: Any, application: TitleApplication) -> list[dict[str, Any]]:
        return first_rows(request.session.get(BROUGHT, {}), self.topic, application.cycle.year)

    def _records(self, application: TitleApplication) -> Any:
        return getattr(application, RELATIONS[self.topic]).all()

    def save(self, request: HttpRequest, application: TitleApplication, forms: dict[str, Any]) -> Any:
        formset = forms["formset"]
        saved, reasons = run(save_records, application, request, topic=self.topic, rows=formset.rows())
        return saved, [self._beside_its_card(reason, formset.kept_places()) for reason in reasons]

    def _beside_its_card(self, reason: Reason, places: list[int]) -> Reason:
        """The step counts the kept cards, the page all of them."""
        topic, _, rest = reason.field.partition("-")
        number, _, name = rest.partition("-")
        if topic != self.topic or not number.isdecimal():
            return reason
        return dataclasses.replace(reason, field=f"{topic}-{places[int(number)]}-{name}")


class ExceptionalView(TopicView):
    topic = "exceptional"
    template_name = "applications/exceptional.html"

    def load(self, request: Any, pk: int) -> TitleApplication:
        application = super().load(request, pk)
        if "exceptional" not in needed_topics(application.level, application.route):
            raise Http404
        return application

    def forms(self, request: Any, application: TitleApplication, bound: bool) -> dict[str, Any]:
        file = application.exceptional_file
        names = ("name", "title", "employer", "reason", "signed_on")
        written = [{name: getattr(one, name) for name in names} for one in application.recommendations.all()]
        data = request.POST if bound else None
        return {
            "form": ExceptionalForm(
                data, case=application, initial={"criterion": file.criterion_id, "grounds": file.grounds}
            ),
            "formset": RecommendationFormSet(data, initial=None if bound else written, prefix="recommendations"),
        }

    def save(self, request: HttpRequest, application: TitleApplication, forms: dict[str, Any]) -> Any:
        written = [form.cleaned_data for form in forms["formset"] if form.has_changed()]
        return run(save_exceptional, application, request, **forms["form"].cleaned_data, recommendations=written)


class RemoveFileView(RoleRequired, View):
    roles = (Role.APPLICANT,)

    def post(self, request: Any, pk: int, evidence: int) -> HttpResponse:
        application = get_visible(TitleApplication, request.actor, pk, RELATED)
        one = application.evidence.filter(pk=evidence).first()
        if one is None:
            raise Http404
        _, reasons = run(remove_evidence, application, request, versioned=False, keyed=False, evidence=evidence)
        for reason in reasons:
            messages.error(request, str(reason))
        if one.topic in RECORD_FORMS:
            return redirect("applications:records", pk=pk, topic=one.topic)
        return redirect(f"applications:{one.topic}", pk=pk)
