"""Every write to people, units, posts and memberships, each with its line of history."""

from portal.accounts.services.members import add_member, end_member
from portal.accounts.services.people import (
    NewLogin,
    activate_person,
    add_person,
    change_person,
    create_administrator,
    create_login,
    deactivate_person,
)
from portal.accounts.services.posts import add_post, add_unit, change_post, change_unit
from portal.accounts.services.resets import (
    ask_reset,
    change_password,
    confirm_reset,
    give_password,
)
from portal.accounts.services.seating import end_holding, seat_person

__all__ = [
    "NewLogin",
    "activate_person",
    "add_member",
    "add_person",
    "add_post",
    "add_unit",
    "ask_reset",
    "change_password",
    "change_person",
    "change_post",
    "change_unit",
    "confirm_reset",
    "create_administrator",
    "create_login",
    "deactivate_person",
    "end_holding",
    "end_member",
    "give_password",
    "seat_person",
]
