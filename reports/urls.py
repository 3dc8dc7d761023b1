"""Addresses of papers."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("papers/", views.paper_list, name="list"),
    path("papers/order/", views.order, name="paper-order"),
    path("papers/<int:pk>/", views.paper, name="paper"),
    path("papers/<int:pk>/again/", views.paper_again, name="paper-again"),
    path("papers/<int:pk>/file/", views.paper_file, name="paper-file"),
]
