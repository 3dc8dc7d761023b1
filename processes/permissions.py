"""Who decides how the office uses its manuals."""

from portal.accounts.models import User
from portal.exceptions import NotAllowed


def may_adopt(user: User) -> bool:
    """The administrator, whoever acts as head of a group, as a deputy or as the director."""
    return user.administers or user.access.leads or bool(user.access.head_of)


def demand_adopter(user: User) -> None:
    """Refuse everybody else."""
    if not may_adopt(user):
        raise NotAllowed(
            "กำหนดการใช้กระบวนงานได้เฉพาะผู้ดูแลระบบ ผู้อำนวยการกลุ่ม รองผู้อำนวยการ และผู้อำนวยการเขตพื้นที่"
        )
