"""The tables of the bench are formed, and a missed target is said. Nothing is measured here."""

import pytest
from django.test import RequestFactory

from portal.benches import bare
from portal.benches.crowd import Crowd
from portal.benches.papers import PaperTiming
from portal.benches.tables import INBOX, ROWS, Sized, missed, page_table, paper_table
from portal.benches.timing import Timing
from processes.loading import load_catalogue
from tests.factories.standard import CATALOGUE
from workflows.cases.models import Task


def sized(tasks, *, inbox, rows=5.0, queries=10):
    return Sized(tasks, [Timing(ROWS, rows, 1, 8.0), Timing(INBOX, inbox, queries, 28.4)])


def test_each_page_has_a_line_for_each_size_with_its_ratio_to_the_bare_page():
    assert page_table([sized(1_000, inbox=15.0), sized(100_000, inbox=20.0)]) == [
        "| page             |   tasks |   ms | × bare 50 rows | queries | KB |",
        "| ---------------- | ------: | ---: | -------------: | ------: | -: |",
        "| bare 50-row page |   1,000 |  5.0 |           1.00 |       1 |  8 |",
        "| inbox            |   1,000 | 15.0 |           3.00 |      10 | 28 |",
        "| bare 50-row page | 100,000 |  5.0 |           1.00 |       1 |  8 |",
        "| inbox            | 100,000 | 20.0 |           4.00 |      10 | 28 |",
    ]


def test_a_paper_stands_beside_chromium_where_there_is_one():
    papers = [PaperTiming("flowchart", 180.0, 90.0, 1), PaperTiming("table", 300.0, None, 2)]
    assert paper_table(papers) == [
        "| paper     | pages |  ms | Chromium ms | × Chromium |",
        "| --------- | ----: | --: | ----------: | ---------: |",
        "| flowchart |     1 | 180 |          90 |       2.00 |",
        "| table     |     2 | 300 |           - |          - |",
    ]


def test_an_inbox_within_its_targets_misses_nothing():
    assert missed(sized(1_000, inbox=15.0), sized(100_000, inbox=20.0)) == []


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (sized(100_000, inbox=20.0, rows=4.0), f"inbox at 100,000 is 5.00 × {ROWS} (≤ 4.0)"),
        (sized(100_000, inbox=30.0, rows=9.0), "inbox at 100,000 is 2.00 × at 1,000 (≤ 1.5)"),
        (sized(100_000, inbox=15.0, queries=12), "inbox: 12 queries, 10 before"),
    ],
)  # fmt: skip
def test_a_missed_target_is_said_with_its_figures(many, words):
    assert missed(sized(1_000, inbox=15.0), many) == [words]


@pytest.mark.django_db
def test_a_crowd_has_as_many_tasks_as_wanted_for_the_bare_page(now):
    load_catalogue(CATALOGUE, now=now)
    crowd = Crowd()
    crowd.grow(200)
    made = Task.objects.exclude(case=crowd.real)
    assert made.count() == crowd.cases * len(crowd.steps)
    assert 200 <= made.count() < 200 + len(crowd.steps)
    response = bare.fifty_rows(RequestFactory().get("/rows/"))
    assert response.content.decode().count("<tr>") == bare.ROWS + 1
