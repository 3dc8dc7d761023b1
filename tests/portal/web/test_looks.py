"""Every state has a look of its own kind, and every icon named is drawn."""

import re

import pytest
from django.conf import settings

from portal.jobs.models import JobState
from portal.web import navigation
from portal.web.guides import GUIDES
from portal.web.looks import QUIET, look_of
from processes.models import EditionStatus
from workflows.approvals.models import DecisionStatus, Outcome, SubmissionEnd
from workflows.cases.models import CaseStatus, TaskStatus

STATES = (CaseStatus, TaskStatus, DecisionStatus, Outcome, SubmissionEnd, EditionStatus, JobState)
TONES = {"quiet", "now", "wait", "ok", "soon", "bad"}


def drawn_icons() -> set[str]:
    sprite = settings.BASE_DIR / "static" / "img" / "icons.svg"
    return set(re.findall(r'<symbol id="([\w-]+)"', sprite.read_text(encoding="utf-8")))


@pytest.mark.parametrize("states", STATES)
def test_every_state_has_a_look(states: type) -> None:
    unknown = [code for code in states.values if look_of(code) is QUIET and code != "ahead"]

    assert unknown == []


@pytest.mark.parametrize("states", STATES)
def test_every_look_has_a_known_tone_and_a_drawn_icon(states: type) -> None:
    looks = [look_of(code) for code in states.values]

    assert {look.tone for look in looks} <= TONES
    assert {look.icon for look in looks} <= drawn_icons()


def test_unknown_state_is_quiet() -> None:
    assert look_of("something new") == QUIET


def test_every_icon_named_in_a_template_is_drawn() -> None:
    named = set()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'\{% icon "([\w-]+)"[ %]', text))
        named |= set(re.findall(r'\b(?:action_)?icon="([\w-]+)"', text))

    assert named - drawn_icons() == set()


def test_every_place_and_guide_has_a_drawn_icon() -> None:
    places = [each for each in vars(navigation).values() if isinstance(each, navigation.Place)]
    named = {each.icon for each in (*places, *GUIDES)}

    assert named - drawn_icons() == set()
