"""Addresses of people and posts. A school's people are kept here, its register in `schools`."""

from django.urls import path

from portal.accounts.views import login, members, people, posts, resets

app_name = "accounts"
urlpatterns = [
    path("login/", login.login, name="login"),
    path("logout/", login.logout, name="logout"),
    path("password/", login.password, name="password"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/deactivate/", people.person_deactivate, name="person-deactivate"),
    path("people/<int:pk>/activate/", people.person_activate, name="person-activate"),
    path("people/<int:pk>/password/", people.person_password, name="person-password"),
    path("people/<int:pk>/reset/", resets.reset_ask, name="reset-ask"),
    path("people/resets/<int:pk>/", resets.reset, name="reset"),
    path("people/resets/<int:pk>/confirm/", resets.reset_confirm, name="reset-confirm"),
    path("posts/", posts.posts, name="posts"),
    path("posts/add/", posts.post_add, name="post-add"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.post_edit, name="post-edit"),
    path("posts/<int:pk>/seat/", posts.post_seat, name="post-seat"),
    path("posts/holdings/<int:pk>/end/", posts.holding_end, name="holding-end"),
    path("units/", posts.units, name="units"),
    path("units/add/", posts.unit_add, name="unit-add"),
    path("units/<int:pk>/edit/", posts.unit_edit, name="unit-edit"),
    path("schools/<int:pk>/", members.school, name="school"),
    path("schools/<int:pk>/members/add/", members.member_add, name="member-add"),
    path("schools/members/<int:pk>/end/", members.member_end, name="member-end"),
]
