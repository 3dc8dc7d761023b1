"""How long somebody holds a post, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.spans import span

BANGKOK = ZoneInfo("Asia/Bangkok")


def at(*parts):
    return datetime(*parts, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("from_at", "until_at", "said"),
    [
        (at(2026, 10, 1), None, "ตั้งแต่ 1 ต.ค. 2569"),
        (at(2026, 10, 1), at(2027, 10, 1), "ตั้งแต่ 1 ต.ค. 2569 ถึง 30 ก.ย. 2570"),
        (
            at(2026, 10, 1, 13, 0),
            at(2026, 10, 2, 16, 30),
            "ตั้งแต่ 1 ต.ค. 2569 13:00 น. ถึง 2 ต.ค. 2569 16:30 น.",
        ),
        (datetime(2026, 9, 30, 17, 0, tzinfo=ZoneInfo("UTC")), None, "ตั้งแต่ 1 ต.ค. 2569"),
    ],
)
def test_whole_days_are_said_without_a_clock(from_at, until_at, said):
    assert span(from_at, until_at) == said
