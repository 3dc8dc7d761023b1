"""The register of schools."""

import pytest

from portal.audit.models import OfficeEvent
from portal.exceptions import NotAllowed, RuleBroken
from portal.schools.models import School
from portal.schools.services import add_school, change_school
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
FACTS = {"name": "โรงเรียนบ้านตัวอย่าง", "code": "99000001", "ministry_code": "1099000001"}


@pytest.fixture
def keeper():
    return make_user("keeper", administers=True)


def test_school_is_added_with_a_line_of_history(keeper, now):
    school = add_school(FACTS, by=keeper, now=now)
    event = OfficeEvent.objects.get()
    assert (event.action, event.text) == (
        "school_added",
        "เพิ่มโรงเรียนบ้านตัวอย่าง รหัส 99000001",
    )
    assert event.subject == f"schools.school:{school.pk}"


def test_code_is_never_used_twice(keeper, now):
    add_school(FACTS, by=keeper, now=now)
    with pytest.raises(RuleBroken) as refusal:
        add_school({**FACTS, "name": "โรงเรียนอื่น"}, by=keeper, now=now)
    assert refusal.value.field == "code"


def test_change_is_remembered_before_and_after(keeper, now):
    school = add_school(FACTS, by=keeper, now=now)
    change_school(school, {"name": "โรงเรียนวัดสมมติ"}, by=keeper, now=now)
    school.refresh_from_db()
    assert "วัดสมมติ" in school.search_text
    assert OfficeEvent.objects.get(action="school_changed").data == {
        "before": {"name": "โรงเรียนบ้านตัวอย่าง"},
        "after": {"name": "โรงเรียนวัดสมมติ"},
    }


def test_nothing_changed_is_no_event(keeper, now):
    school = add_school(FACTS, by=keeper, now=now)
    change_school(school, FACTS, by=keeper, now=now)
    assert OfficeEvent.objects.count() == 1


def test_only_the_administrator_keeps_the_register(keeper, now):
    school = add_school(FACTS, by=keeper, now=now)
    with pytest.raises(NotAllowed):
        add_school({**FACTS, "code": "99000002"}, by=make_user(), now=now)
    with pytest.raises(NotAllowed):
        change_school(school, {"name": "x"}, by=make_user(), now=now)


class TestPages:
    def test_list_stands_in_thai_order_and_is_searched(self, keeper, signed_in, now):
        for number, name in enumerate(["โรงเรียนเกาะ", "โรงเรียนขาว", "โรงเรียนกลาง"]):
            add_school({"name": name, "code": f"9900000{number}"}, by=keeper, now=now)
        client = signed_in(keeper)
        names = [school.name for school in client.get("/schools/").context["page"]]
        assert names == ["โรงเรียนกลาง", "โรงเรียนเกาะ", "โรงเรียนขาว"]
        found = client.get("/schools/", {"q": "๙๙๐๐๐๐๐๑"}).context["page"]
        assert [school.name for school in found] == ["โรงเรียนขาว"]

    def test_empty_register_and_empty_search_say_what_to_do(self, keeper, signed_in):
        client = signed_in(keeper)
        assert "ยังไม่มีสถานศึกษา" in client.get("/schools/").content.decode()
        assert "ไม่พบสถานศึกษา" in client.get("/schools/?q=x").content.decode()

    def test_school_is_added_in_the_browser(self, keeper, signed_in):
        assert signed_in(keeper).post("/schools/add/", FACTS)["Location"] == "/schools/"
        assert School.objects.get().ministry_code == "1099000001"

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"code": "1234567"}, "code"),
            ({"code": "๑๒๓๔๕๖๗๘"}, "code"),
            ({"code": "99000009"}, "code"),
            ({"ministry_code": "12"}, "ministry_code"),
            ({"name": ""}, "name"),
        ],
    )
    def test_mistake_is_said_beside_its_field(self, keeper, signed_in, values, field):
        School.objects.create(code="99000009", name="โรงเรียนเดิม", sort_key="x")
        answer = signed_in(keeper).post("/schools/add/", {**FACTS, **values})
        assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
        assert School.objects.count() == 1

    def test_school_is_changed_in_the_browser(self, keeper, signed_in, now):
        school = add_school(FACTS, by=keeper, now=now)
        signed_in(keeper).post(f"/schools/{school.pk}/edit/", {**FACTS, "name": "โรงเรียนใหม่"})
        school.refresh_from_db()
        assert school.name == "โรงเรียนใหม่"

    @pytest.mark.parametrize("rows", [1, 3])
    def test_list_costs_the_same_however_many(
        self, keeper, signed_in, now, rows, django_assert_num_queries
    ):
        for number in range(rows):
            add_school({"name": "x", "code": f"9900000{number}"}, by=keeper, now=now)
        client = signed_in(keeper)
        client.get("/schools/")
        with django_assert_num_queries(6):
            answer = client.get("/schools/")
        assert len(answer.context["page"].object_list) == rows
