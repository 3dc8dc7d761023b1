"""The settings of the office."""

from datetime import time

import pytest

from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken
from portal.office.forms import OfficeForm
from portal.office.models import Office
from portal.office.selectors import office
from portal.office.services import FACTS, save_settings
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


def posted(**values):
    """What the browser sends: every field as it is shown, then what was typed."""
    form = OfficeForm(instance=Office())
    facts = {name: form[name].value() for name in form.fields}
    typed = {"name": "สพป.สมมติ เขต 1", "short_name": "สพป.สมมติ"}
    typed |= {"opens_at": "08:30", "closes_at": "16.30"}
    return {**facts, **typed, **values}


def test_office_has_defaults_before_anything_is_saved():
    assert (office().short_name, office().pk, Office.objects.count()) == ("สพท.", 1, 0)


def test_saved_settings_are_the_one_row(keeper, now):
    save_settings({"name": "สพป.สมมติ"}, by=keeper, now=now)
    save_settings({"proof_minutes": 5}, by=keeper, now=now)
    assert (Office.objects.count(), office().name, office().proof_minutes) == (1, "สพป.สมมติ", 5)


def test_history_keeps_before_and_after(keeper, now):
    save_settings({"proof_minutes": 5, "closes_at": time(16, 0)}, by=keeper, now=now)
    event = OfficeEvent.objects.get()
    assert event.text == "แก้ไขข้อมูลสำนักงาน: เวลาปิดทำการ, อายุการยืนยันตัวตนก่อนพิจารณา (นาที)"
    assert event.data == {
        "before": {"closes_at": "16:30:00", "proof_minutes": 10},
        "after": {"closes_at": "16:00:00", "proof_minutes": 5},
    }


def test_nothing_changed_is_no_event(keeper, now):
    save_settings({}, by=keeper, now=now)
    assert OfficeEvent.objects.count() == 0


def test_office_closes_after_it_opens(keeper, now):
    with pytest.raises(RuleBroken) as refusal:
        save_settings({"closes_at": time(8, 0)}, by=keeper, now=now)
    assert refusal.value.field == "closes_at"


def test_being_a_demo_is_no_setting(keeper, now):
    save_settings({"is_demo": True}, by=keeper, now=now)
    assert not office().is_demo


def test_only_the_administrator_sets(now):
    with pytest.raises(NotAllowed):
        save_settings({"name": "x"}, by=make_user(), now=now)


class TestPage:
    def test_every_setting_stands_on_the_page_once(self):
        shown = [field.name for _, fields in OfficeForm().groups() for field in fields]
        assert sorted(shown) == sorted(FACTS)

    def test_setting_in_no_group_comes_last(self, monkeypatch):
        monkeypatch.setattr("portal.office.forms.GROUPS", [("ชื่อ", ["name"])])
        legends = [legend for legend, _ in OfficeForm().groups()]
        assert legends == ["ชื่อ", "อื่น ๆ"]

    def test_setting_from_a_law_names_it(self, keeper, signed_in):
        page = signed_in(keeper).get("/office/").content.decode()
        assert "พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙ มาตรา ๖๔" in page

    def test_settings_are_saved_in_the_browser(self, keeper, signed_in):
        answer = signed_in(keeper).post("/office/", posted())
        assert answer["Location"] == "/office/"
        assert (office().name, office().closes_at) == ("สพป.สมมติ เขต 1", time(16, 30))

    def test_unticked_box_is_off(self, keeper, signed_in):
        signed_in(keeper).post("/office/", posted(thai_digits=""))
        assert not office().thai_digits

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"name": ""}, "name"),
            ({"upload_limit_mb": "0"}, "upload_limit_mb"),
            ({"upload_limit_mb": "101"}, "upload_limit_mb"),
            ({"proof_minutes": "61"}, "proof_minutes"),
            ({"paper_keep_days": "-1"}, "paper_keep_days"),
            ({"opens_at": "เช้า"}, "opens_at"),
            ({"closes_at": "08:00"}, "closes_at"),
            ({"kind": "อื่น"}, "kind"),
        ],
    )
    def test_mistake_is_said_beside_its_field(self, keeper, signed_in, values, field):
        answer = signed_in(keeper).post("/office/", posted(**values))
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
        assert 'value="สพป.สมมติ"' in answer.content.decode()
        assert Office.objects.count() == 0
