"""docker-compose.yml and Dockerfile: what keeps the portal up, what must outlive a container."""

import shlex

import pytest
import yaml

from portal.celery import app
from portal.health.apps import BEAT_SENT
from portal.jobs.kinds import KINDS
from tests.architecture.places import ROOT

HOME = "/srv/krabuan"
OURS = ("migrate", "web", "worker", "papers", "beat")
RUNNING = ("web", "worker", "papers", "beat", "database", "broker")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


@pytest.fixture(scope="module")
def image():
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def words(services, name):
    return shlex.split(services[name]["command"])


def test_everything_the_portal_is_made_of_is_there(services):
    assert set(services) == {*OURS, "database", "broker"}


@pytest.mark.parametrize("name", RUNNING)
def test_what_runs_is_looked_at_and_started_again(services, name):
    service = services[name]
    assert service["restart"] == "unless-stopped"
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])


def test_the_tables_are_made_once_before_anything_starts(services):
    migrating = [name for name in services if "migrate" in str(services[name].get("command"))]
    assert migrating == ["migrate"]
    assert services["migrate"]["restart"] == "no"
    for name in OURS[1:]:
        waits = services[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert waits["broker"]["condition"] == "service_healthy"


def test_every_queue_has_its_worker(services):
    served = {
        queue
        for name in ("worker", "papers")
        for queue in words(services, name)[words(services, name).index("-Q") + 1].split(",")
    }
    assert served == {kind.queue for kind in KINDS.values()}


@pytest.mark.parametrize(("name", "node"), [("worker", "quick"), ("papers", "papers")])
def test_a_worker_is_asked_itself_under_the_name_it_has(services, name, node):
    assert words(services, name)[-2:] == ["-n", f"{node}@%h"]
    kind, asking = services[name]["healthcheck"]["test"]
    # the host's name is put in by the shell of the container, not by compose
    assert kind == "CMD-SHELL"
    assert asking.endswith(f"inspect ping --timeout 10 --destination {node}@$$HOSTNAME")


def test_beat_is_believed_only_while_its_ticks_get_out(services):
    test = services["beat"]["healthcheck"]["test"][-1]
    assert f'"var/{BEAT_SENT}"' in test
    patience = int(test.rstrip(")").rsplit("> ", 1)[1])
    # two heartbeats may be late; they come whatever the JOB_ settings say
    slowest = min(entry["schedule"] for entry in app.conf.beat_schedule.values())
    heartbeat = app.conf.beat_schedule["heartbeat-quick"]["schedule"]
    assert slowest <= heartbeat < patience / 2


def test_web_is_asked_for_the_database_too(services):
    assert '"/alive/"' in services["web"]["healthcheck"]["test"][-1]


def test_what_is_written_under_var_outlives_the_container(services, compose, image):
    # the places of MEDIA_ROOT, BACKUP_DIR and ACCESS_LOG_DIR
    places = ("files", "backups", "access")
    kept = [f"{name}:{HOME}/var/{name}" for name in places]
    for name in OURS:
        assert services[name]["volumes"] == kept
    assert set(places) <= set(compose["volumes"])
    made = image.split("mkdir -p ")[1].split("\\")[0].split()
    assert made == [f"{HOME}/var/{name}" for name in places]


def test_the_image_holds_what_papers_need_and_is_run_by_nobody_special(image):
    assert "libpango-1.0-0" in image
    assert "libharfbuzz-subset0" in image
    user = image.index("USER krabuan")
    assert image.index("useradd --system --uid 10001") < image.index("COPY . .") < user
    assert user < image.index("CMD [")
    assert "tests" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()


def test_secrets_come_from_files(services, compose):
    for name in OURS:
        service = services[name]
        named = {
            value.removeprefix("/run/secrets/")
            for key, value in service["environment"].items()
            if key.endswith("_FILE")
        }
        assert named == set(service["secrets"]) <= set(compose["secrets"])
    said = str([service.get("environment") for service in services.values()])
    assert "SECRET_KEY'" not in said
    assert "POSTGRES_PASSWORD'" not in said


def test_the_broker_forgets_nothing_and_the_database_knows_words(services):
    assert words(services, "broker")[1:] == [
        "--appendonly", "yes", "--maxmemory-policy", "noeviction",
    ]  # fmt: skip
    image, version = services["database"]["image"].split(":")
    assert (image, int(version.split("-")[0]) >= 15) == ("postgres", True)
    assert "C.UTF-8" in services["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    for name in ("database", "broker"):
        assert len(services[name]["volumes"]) == 1
