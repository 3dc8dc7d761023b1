"""What an outcome is called follows the verb printed in the row."""

import pytest

from workflows.approvals.models import Outcome
from workflows.approvals.words import outcome_words, outcomes_for, verb_of


@pytest.mark.parametrize(
    ("verb", "decides", "said"),
    [
        ("ให้ความเห็นชอบ", "decide", "ให้ความเห็นชอบ"),
        ("พิจารณาอนุมัติ", "decide", "อนุมัติ"),
        ("ลงนาม", "decide", "ลงนาม"),
        ("พิจารณา", "decide", "เห็นชอบ"),
        ("", "decide", "เห็นชอบ"),
        ("รับทราบ", "acknowledge", "รับทราบ"),
        ("รับทราบและให้ความเห็น", "acknowledge", "รับทราบและให้ความเห็น"),
        ("พิจารณา", "acknowledge", "รับทราบ"),
    ],
)
def test_the_button_says_the_printed_verb(verb: str, decides: str, said: str) -> None:
    assert verb_of(verb, decides) == said


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("endorsed", "เห็นควรอนุมัติ"), ("opposed", "ไม่เห็นควรอนุมัติ"), ("approved", "อนุมัติ"),
        ("approved_if", "อนุมัติโดยมีเงื่อนไข"), ("returned", "คืนเรื่อง"),
        ("sent_back", "ส่งกลับแก้ถ้อยคำ"), ("refused", "ไม่อนุมัติ"), ("acknowledged", "อนุมัติ"),
    ],
)  # fmt: skip
def test_every_outcome_has_words(outcome: str, words: str) -> None:
    assert outcome_words(outcome, "อนุมัติ", "decide") == words


def test_every_outcome_is_offered_somewhere() -> None:
    links = [("decide", True), ("decide", False), ("acknowledge", True), ("acknowledge", False)]
    offered = {each for decides, last in links for each in outcomes_for(decides, is_last=last)}
    assert offered == set(Outcome)
