"""Who may do what with people and posts. The administrator's door is shared by lower rooms."""

from portal.accounts.models import LoginReset, User
from portal.audit.permissions import administrator_required, demand_administrator
from portal.exceptions import NotAllowed

__all__ = [
    "administrator_required",
    "demand_administrator",
    "demand_reset_confirmer",
    "demand_reset_reader",
    "may_confirm_reset",
]


def may_confirm_reset(person: User, reset: LoginReset) -> bool:
    """A second person: an administrator, a head or the director, not who asked or is helped."""
    if person.pk in (reset.asked_by_id, reset.user_id):
        return False
    return person.administers or person.access.directs or bool(person.access.head_of)


def demand_reset_confirmer(person: User, reset: LoginReset) -> None:
    if not may_confirm_reset(person, reset):
        raise NotAllowed(
            "ผู้ยืนยันต้องเป็นผู้ดูแลระบบ ผู้อำนวยการกลุ่ม หรือผู้อำนวยการเขตพื้นที่ และไม่ใช่ผู้ขอหรือเจ้าของบัญชี"
        )


def demand_reset_reader(person: User, reset: LoginReset) -> None:
    if person.pk != reset.asked_by_id:
        demand_reset_confirmer(person, reset)
