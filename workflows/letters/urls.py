"""Addresses of a row's letters."""

from django.urls import path

from workflows.letters import views

app_name = "letters"

urlpatterns = [
    path("tasks/<int:pk>/memo/", views.memo, name="memo"),
    path("tasks/<int:pk>/order/", views.order, name="order"),
    path("tasks/<int:pk>/order/issue/", views.issue, name="order-issue"),
    path("tasks/<int:pk>/order/recall/", views.recall, name="order-recall"),
    path("tasks/<int:pk>/letter/", views.incoming, name="incoming"),
    path("tasks/<int:pk>/outgoing/", views.outgoing, name="outgoing"),
]
