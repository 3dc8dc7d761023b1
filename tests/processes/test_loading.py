"""The catalogue into the database: first, same, changed, kept, and nothing when it is wrong."""

import json
import shutil
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from portal.audit.models import OfficeEvent
from processes import editing, storage
from processes.loading import CATALOGUE as CATALOGUE_ROOT
from processes.loading import CatalogueError, Outcome, load_catalogue, read_file
from processes.models import Edition, EditionOrigin, EditionStatus, Manual, Process
from tests.factories.standard import CATALOGUE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))


@pytest.fixture
def root(tmp_path):
    """A copy of two processes of the real catalogue that may be changed."""
    (tmp_path / "obec").mkdir()
    for file in ("manual.yaml", "dlit.yaml", "dltv-equipment.yaml"):
        shutil.copy(CATALOGUE / file, tmp_path / "obec" / file)
    return tmp_path


def load(root):
    return {each.code: each for each in load_catalogue(root, now=NOW)}


def rewrite(root, old, new, file="dlit.yaml"):
    path = root / "obec" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rename(root, name="ชื่อใหม่ (DLIT)"):
    rewrite(root, "name: ส่งเสริม สนับสนุน การพัฒนา", f"name: {name} การพัฒนา")


def test_first_load_puts_edition_one_in_force_with_source_and_digest(root):
    loaded = load(root)
    assert {code: each.outcome for code, each in loaded.items()} == {
        "dlit": Outcome.FIRST,
        "dltv-equipment": Outcome.FIRST,
    }
    edition = Edition.objects.get(process__code="dlit")
    assert (edition.number, edition.status) == (1, EditionStatus.EFFECTIVE)
    assert edition.effective_on == NOW.date()
    assert edition.origin == EditionOrigin.CATALOGUE
    assert len(edition.source_hash) == 64
    assert editing.verify(edition)
    assert storage.shape_of(edition) == read_file(root / "obec" / "dlit.yaml")


def test_first_load_is_written_in_the_office_chain(root):
    load(root)
    events = OfficeEvent.objects.filter(action="edition-loaded")
    assert [event.actor for event in events] == [None, None]
    assert events[0].data["content_hash"] == Edition.objects.get(process__code="dlit").content_hash


def test_manual_is_named_by_its_file(root):
    load(root)
    rewrite(root, "title: คู่มือการปฏิบัติงาน", "title: คู่มือ", file="manual.yaml")
    load(root)
    assert Manual.objects.get().title == "คู่มือสำนักงานเขตพื้นที่การศึกษา"


def test_same_files_again_change_nothing(root):
    load(root)
    before = list(Edition.objects.order_by("pk").values())
    events = OfficeEvent.objects.count()
    loaded = load(root)
    assert {each.outcome for each in loaded.values()} == {Outcome.SAME}
    assert list(Edition.objects.order_by("pk").values()) == before
    assert OfficeEvent.objects.count() == events


def test_comment_in_a_file_changes_nothing(root):
    load(root)
    rewrite(root, "scope: >-", "# หมายเหตุ\nscope: >-")
    assert load(root)["dlit"].outcome == Outcome.SAME


def test_changed_file_becomes_a_draft_beside_the_effective_edition(root):
    load(root)
    rename(root)
    loaded = load(root)
    assert loaded["dlit"].outcome == Outcome.DRAFT
    assert loaded["dltv-equipment"].outcome == Outcome.SAME
    editions = Edition.objects.filter(process__code="dlit").order_by("number")
    assert [(each.number, each.status) for each in editions] == [
        (1, EditionStatus.EFFECTIVE),
        (2, EditionStatus.DRAFT),
    ]
    assert editing.verify(editions[0])
    assert OfficeEvent.objects.filter(action="edition-drafted").count() == 1


def test_changed_file_loaded_twice_makes_one_draft(root):
    load(root)
    rename(root)
    load(root)
    assert load(root)["dlit"].outcome == Outcome.SAME
    assert OfficeEvent.objects.filter(action="edition-drafted").count() == 1


def test_file_changed_twice_goes_over_the_same_draft(root):
    load(root)
    rename(root)
    load(root)
    rename_again = "name: ชื่อใหม่ (DLIT)"
    rewrite(root, rename_again, "name: ชื่อใหม่กว่า (DLIT)")
    loaded = load(root)["dlit"]
    assert (loaded.outcome, loaded.edition.number) == (Outcome.DRAFT, 2)
    assert storage.shape_of(loaded.edition).name.startswith("ชื่อใหม่กว่า")


def test_file_that_went_back_takes_its_draft_with_it(root):
    load(root)
    original = (root / "obec" / "dlit.yaml").read_bytes()
    rename(root)
    load(root)
    (root / "obec" / "dlit.yaml").write_bytes(original)
    assert load(root)["dlit"].outcome == Outcome.SAME
    assert Edition.objects.filter(process__code="dlit").count() == 1
    assert OfficeEvent.objects.filter(action="edition-discarded").count() == 1


def test_draft_changed_by_the_office_is_not_touched(root):
    load(root)
    process = Process.objects.get(code="dlit")
    content = read_file(root / "obec" / "dlit.yaml")
    draft = editing.write_draft(process, content, origin=EditionOrigin.OFFICE)
    rename(root)
    loaded = load(root)["dlit"]
    assert (loaded.outcome, loaded.edition.pk) == (Outcome.KEPT, draft.pk)
    assert storage.shape_of(loaded.edition) == content


def test_effective_edition_of_the_office_is_not_touched(root):
    load(root)
    process = Process.objects.get(code="dlit")
    content = read_file(root / "obec" / "dlit.yaml")
    draft = editing.write_draft(process, content, origin=EditionOrigin.OFFICE)
    editing.freeze(draft)
    editing.put_in_force(draft, NOW.date())
    rename(root)
    loaded = load(root)["dlit"]
    assert (loaded.outcome, loaded.edition.number) == (Outcome.KEPT, 2)
    assert not Edition.objects.filter(status=EditionStatus.DRAFT).exists()


def test_bad_file_leaves_nothing_half_loaded(root):
    rewrite(root, "returns_to: analyse", "returns_to: report")
    with pytest.raises(CatalogueError) as error:
        load(root)
    (fault,) = error.value.faults
    line = (root / "obec" / "dlit.yaml").read_text(encoding="utf-8").split("\n")[fault.line - 1]
    assert (fault.file, line.strip()) == (root / "obec" / "dlit.yaml", "returns_to: report")
    assert fault.text == "ผัง dlit แถวที่ 4 (decide): เส้นย้อนกลับต้องชี้ไปแถวก่อนหน้า"
    assert not Process.objects.exists()
    assert not Manual.objects.exists()


def test_bad_file_beside_a_good_change_changes_nothing(root):
    load(root)
    rename(root)
    rewrite(root, "kind: letter", "kind: telegram", file="dltv-equipment.yaml")
    with pytest.raises(CatalogueError):
        load(root)
    assert Edition.objects.filter(status=EditionStatus.DRAFT).count() == 0


def test_everything_wrong_in_all_files_is_told_at_once(root):
    rewrite(root, "kind: appoint", "kind: appoin")
    rewrite(root, "kind: letter", "kind: telegram", file="dltv-equipment.yaml")
    with pytest.raises(CatalogueError) as error:
        load(root)
    assert [fault.file.name for fault in error.value.faults] == ["dlit.yaml", "dltv-equipment.yaml"]


def test_one_code_in_two_files_is_refused(root):
    shutil.copy(root / "obec" / "dlit.yaml", root / "obec" / "dlit-again.yaml")
    with pytest.raises(CatalogueError) as error:
        load(root)
    assert [fault.text for fault in error.value.faults] == [
        "รหัสกระบวนงาน “dlit” ใช้แล้วใน dlit-again.yaml"
    ]


def test_flow_code_of_another_process_is_refused(root):
    rewrite(root, "- code: dltv-equipment-survey", "- code: dlit", file="dltv-equipment.yaml")
    with pytest.raises(CatalogueError) as error:
        load(root)
    assert [fault.text for fault in error.value.faults] == ["รหัสผัง “dlit” ใช้แล้วใน dlit.yaml"]


def test_flow_code_that_the_database_gave_to_another_process_is_refused(root):
    load(root)
    (root / "obec" / "dlit.yaml").unlink()
    rewrite(root, "- code: dltv-equipment-survey", "- code: dlit", file="dltv-equipment.yaml")
    with pytest.raises(CatalogueError) as error:
        load(root)
    assert [fault.text for fault in error.value.faults] == ["รหัสผัง “dlit” เป็นของกระบวนงาน dlit แล้ว"]


def test_process_of_another_manual_is_refused(root):
    load(root)
    rewrite(root, "code: obec", "code: other", file="manual.yaml")
    with pytest.raises(CatalogueError) as error:
        load(root)
    assert error.value.faults[0].text == "รหัสกระบวนงาน “dlit” เป็นของคู่มือ obec แล้ว"
    assert Manual.objects.count() == 1


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogueError) as error:
        load(tmp_path / "nowhere")
    assert [fault.text for fault in error.value.faults] == ["ไม่พบคู่มือในที่นี้"]


def test_file_with_the_short_ending_is_not_overlooked(root):
    (root / "obec" / "dlit.yaml").rename(root / "obec" / "dlit.yml")
    assert sorted(load(root)) == ["dlit", "dltv-equipment"]


def test_folder_of_one_manual_is_loaded_by_itself(root):
    assert sorted(load(root / "obec")) == ["dlit", "dltv-equipment"]


# -- the commands


def run(*arguments, code=0):
    out, err = StringIO(), StringIO()
    if code:
        with pytest.raises(SystemExit) as end:
            call_command(*arguments, stdout=out, stderr=err)
        assert end.value.code == code
    else:
        call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_command_says_what_it_loaded(root):
    out, _ = run("load_catalogue", str(root))
    assert out == ("dlit: นำเข้าเป็นฉบับที่ 1 และใช้บังคับ\ndltv-equipment: นำเข้าเป็นฉบับที่ 1 และใช้บังคับ\n")


def test_command_loads_the_whole_catalogue_of_the_portal_by_itself():
    out, _ = run("load_catalogue")
    files = [path for path in CATALOGUE_ROOT.glob("*/*.yaml") if path.name != "manual.yaml"]
    assert len(out.splitlines()) == len(files) == Process.objects.count()
    assert {"dlit", "dltv-equipment"} <= set(Process.objects.values_list("code", flat=True))


def test_command_says_a_draft_aloud(root):
    run("load_catalogue", str(root))
    rename(root)
    out, _ = run("load_catalogue", str(root))
    assert out.startswith("dlit: แฟ้มเปลี่ยน ทำเป็นร่างฉบับที่ 2 ไว้ข้างฉบับที่ใช้บังคับ")


def test_command_prints_nothing_but_json(root):
    out, err = run("load_catalogue", str(root), "--json")
    assert err == ""
    assert [(each["code"], each["outcome"], each["edition"]) for each in json.loads(out)] == [
        ("dlit", "first", 1),
        ("dltv-equipment", "first", 1),
    ]


def test_command_tells_file_line_and_fault_and_fails(root):
    rewrite(root, "kind: appoint", "kind: appoin")
    out, err = run("load_catalogue", str(root), code=1)
    assert out == ""
    first, last = err.strip().split("\n")
    assert first.startswith(f"{root / 'obec' / 'dlit.yaml'}:")
    assert "“appoin” ไม่อยู่ในคำที่ใช้ได้" in first
    assert last == "แฟ้มไม่ถูกต้อง จึงไม่ได้นำเข้าสิ่งใดเลย"


def test_command_tells_faults_as_json_and_fails(root):
    rewrite(root, "kind: appoint", "kind: appoin")
    out, err = run("load_catalogue", str(root), "--json", code=1)
    (fault,) = json.loads(out)["faults"]
    assert err == ""
    assert fault["file"] == str(root / "obec" / "dlit.yaml")
    assert fault["line"] > 1


def test_export_prints_every_effective_flow_as_json(root):
    run("load_catalogue", str(root))
    out, _ = run("export_catalogue")
    flows = {flow["code"]: flow for flow in json.loads(out)}
    assert list(flows) == ["dltv-equipment-survey", "dltv-equipment-allocation", "dlit"]
    row = flows["dlit"]["steps"][3]
    assert row["approval"] == "decide"
    assert (row["returns_to"], row["shares_standard_with"]) == (2, 2)
    assert row["approvers"] == ["head", "deputy", "director"]
    assert row["detailed"] == [3]
    assert flows["dlit"]["steps"][4]["duration"] == {
        "min": 3,
        "max": 5,
        "unit": "day",
        "per": "activity",
        "printed": "3 – 5 วันต่อกิจกรรม",
    }
    assert len(flows["dlit"]["detailed_steps"]) == 9


def test_export_of_an_empty_database_is_an_empty_list():
    assert json.loads(run("export_catalogue")[0]) == []
