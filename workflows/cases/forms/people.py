"""Choosing a person."""

from django.forms import ModelChoiceField

from portal.accounts.models import AccountKind, User


class PersonChoiceField(ModelChoiceField[User]):
    """People by name and position; a school's account says so."""

    def label_from_instance(self, obj: User) -> str:
        kind = "สถานศึกษา" if obj.account == AccountKind.SCHOOL else ""
        said = " · ".join(part for part in (obj.position, kind) if part)
        return f"{obj.full_name} ({said})" if said else obj.full_name
