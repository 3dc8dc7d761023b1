"""The table of the drills, and what the drills rest on. The drills themselves: `make drill`."""

import pytest
from django.core.management import CommandError, call_command

from portal.drills import stories
from portal.drills.office import Answer
from portal.drills.place import Ground
from portal.drills.running import Result, table
from portal.drills.services import composed
from portal.drills.stories import OWN_SERVER, STORIES


def result(**values):
    facts = {"drill": "worker-killed", "jobs": 6, "done": 6, "twice": 0, "lost": 0}
    return Result(**{**facts, "seconds": 84.2, "wrong": [], **values})


def test_the_table_has_a_line_for_each_drill_under_its_head():
    assert table([result(), result(drill="disk-full", jobs=12, done=11, lost=1)]) == [
        "drill          jobs  done  twice  lost  seconds",
        "worker-killed     6     6      0     0       84",
        "disk-full        12    11      0     1       84",
    ]


@pytest.mark.parametrize(
    "values", [{"lost": 1}, {"twice": 1}, {"wrong": ["the nudge got out"]}, {"jobs": 0}]
)
def test_a_drill_with_anything_wrong_has_not_passed(values):
    assert not result(**values).passed


def test_a_drill_with_nothing_wrong_has_passed():
    assert result().passed


def test_the_workers_run_the_commands_of_docker_compose():
    assert composed("worker")[4:9] == ["celery", "-A", "portal", "worker", "-Q"]


def test_a_drill_has_a_database_of_its_own(tmp_path):
    ground = Ground(tmp_path, "postgres://postgres@host:5432/drill_1a", "secret")
    assert ground.url_of("two-beats") == "postgres://postgres@host:5432/drill_1a_two_beats"


def test_a_drill_waits_less_and_keeps_its_files_by_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("FILES_URL", "s3://the-office")
    ground = Ground(tmp_path, "postgres://postgres@host:5432/drill_1a", "secret")
    said = ground.environment(url=ground.url, var=tmp_path, broker="redis://127.0.0.1:1/0")
    assert said["FILES_URL"] == ""
    assert int(said["JOB_LEASE_SECONDS"]) < 60
    assert int(said["JOB_SWEEP_SECONDS"]) < 15


def test_a_disk_that_does_not_become_full_is_not_filled_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(stories, "DISK_MB", 1)
    with pytest.raises(RuntimeError, match="does not become full"):
        stories._fill(tmp_path / "filler")
    assert (tmp_path / "filler").stat().st_size == 2 * 1024 * 1024


def test_the_drill_that_stops_its_server_is_one_of_them():
    assert OWN_SERVER in STORIES


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(200, "anything"), True),
        (Answer(500, "ระบบขัดข้อง"), True),
        (Answer(500, "Internal Server Error"), False),
        (Answer(500, "ระบบขัดข้อง Traceback"), False),
        (Answer(0, ""), False),
    ],
)
def test_an_answer_is_kind_when_it_worked_or_speaks_thai(answer, kind):
    assert answer.is_kind == kind


def test_an_unknown_drill_is_refused():
    with pytest.raises(CommandError, match="ไม่รู้จักการซ้อม flood"):
        call_command("drill", "flood")


def test_a_drill_on_sqlite_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere")
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("drill", "two-beats")
