"""What the tests of the pages rest on."""

import pytest

from tests.factories.work import MONDAY, Bench, make_bench


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)


@pytest.fixture
def bench() -> Bench:
    return make_bench()
