"""Addresses of putting up and deciding."""

from django.urls import path

from workflows.approvals.views import decision, orders, putting_up, rehearsal

app_name = "approvals"

urlpatterns = [
    path("tasks/<int:pk>/submit/", putting_up.submit, name="submit"),
    path("submissions/<int:pk>/withdraw/", putting_up.withdraw, name="withdraw"),
    path("decisions/", decision.decisions, name="decisions"),
    path("decisions/<int:pk>/", decision.decision, name="decision"),
    path("decisions/<int:pk>/draft/", decision.draft, name="draft"),
    path("decisions/<int:pk>/saved/", decision.saved, name="saved"),
    path("decisions/<int:pk>/skip/", putting_up.skip, name="skip"),
    path("processes/<slug:code>/rehearsal/", rehearsal.rehearsal, name="rehearsal"),
    path("delegations/", orders.orders, name="orders"),
    path("delegations/add/", orders.add, name="order-add"),
    path("delegations/<int:pk>/revoke/", orders.revoke, name="order-revoke"),
]
