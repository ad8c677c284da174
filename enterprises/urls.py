from django.urls import path

from enterprises.views import application, home, plan, public, simulation, supervision

app_name = "enterprises"
urlpatterns = [
    path("enterprises/", public.index, name="public"),
    path("enterprises/check/", public.self_check, name="self_check"),
    path("enterprises/<int:year>/", public.year_list, name="list"),
    path("enterprises/<int:year>/list.json", public.year_json, name="list_json"),
    path("enterprises/<int:year>/list.csv", public.year_csv, name="list_csv"),
    path("enterprises/<int:year>/<int:pk>/", public.enterprise, name="public_enterprise"),
    path("ent/", home.HomeView.as_view(), name="home"),
    path("ent/company/", home.CompanyView.as_view(), name="company"),
    path("ent/company/proofs/", home.AddProofView.as_view(), name="add_proof"),
    path("ent/company/proofs/<int:row>/remove/", home.RemoveProofView.as_view(), name="remove_proof"),
    path("ent/pilot/", application.IndexView.as_view(), name="applications"),
    path("ent/pilot/<int:pk>/", application.ApplicationView.as_view(), name="application"),
    path("ent/pilot/<int:pk>/profile/", application.ProfileView.as_view(), name="application_profile"),
    path("ent/pilot/<int:pk>/talent/", application.TalentView.as_view(), name="application_talent"),
    path("ent/pilot/<int:pk>/experts/", application.ExpertsView.as_view(), name="application_experts"),
    path("ent/pilot/<int:pk>/conditions/", application.ConditionsView.as_view(), name="application_conditions"),
    path("ent/pilot/<int:pk>/files/", application.FilesView.as_view(), name="application_files"),
    path(
        "ent/pilot/<int:pk>/files/<int:row>/remove/", application.RemoveMaterialView.as_view(), name="remove_material"
    ),
    path("ent/pilot/<int:pk>/check/", application.CheckView.as_view(), name="application_check"),
    path("ent/plan/", plan.IndexView.as_view(), name="plans"),
    path("ent/plan/<int:pk>/", plan.PlanView.as_view(), name="plan"),
    path("ent/plan/<int:pk>/preferences/", plan.PreferencesView.as_view(), name="plan_preferences"),
    path("ent/plan/<int:pk>/criteria/", plan.CriteriaView.as_view(), name="plan_criteria"),
    path("ent/plan/<int:pk>/criteria/<int:row>/", plan.CriteriaView.as_view(), name="plan_criterion"),
    path("ent/plan/<int:pk>/criteria/<int:row>/remove/", plan.RemoveCriterionView.as_view(), name="remove_criterion"),
    path("ent/plan/<int:pk>/answers/", plan.AnswersView.as_view(), name="plan_answers"),
    path("ent/plan/<int:pk>/simulation/", simulation.SimulationView.as_view(), name="plan_simulation"),
    path("ent/plan/<int:pk>/weights/", plan.WeightsView.as_view(), name="plan_weights"),
    path("ent/plan/<int:pk>/pay/", plan.PayView.as_view(), name="plan_pay"),
    path("ent/plan/<int:pk>/pay/<int:row>/remove/", plan.RemovePayView.as_view(), name="remove_pay_link"),
    path("ent/plan/<int:pk>/section/<str:kind>/", plan.SectionView.as_view(), name="plan_section"),
    path("ent/credit/", home.CreditView.as_view(), name="credit"),
    path("ent/credit/<int:pk>/", supervision.CreditRecordView.as_view(), name="credit_record"),
    path("ent/inspections/<int:pk>/", supervision.InspectionView.as_view(), name="inspection"),
    path("ent/sanctions/<int:pk>/", supervision.SanctionView.as_view(), name="sanction"),
]
