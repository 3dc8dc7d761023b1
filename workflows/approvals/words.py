"""How an outcome is called: the verb of the step on button, history and memo alike. Pure."""

from processes.shape import Decides
from workflows.approvals.models import Outcome

ASKS_NOTHING = ("", "พิจารณา")
DECIDE_VERB, ACKNOWLEDGE_VERB = "เห็นชอบ", "รับทราบ"


def verb_of(verb: str, decides: str) -> str:
    """The printed verb, without the asking before it; the usual one where none is printed."""
    bare = verb.removeprefix("พิจารณา").strip()
    if bare in ASKS_NOTHING:
        return ACKNOWLEDGE_VERB if decides == Decides.ACKNOWLEDGE else DECIDE_VERB
    return bare


def outcome_words(outcome: str, verb: str, decides: str) -> str:
    """What a button, an opinion or a line of history calls this outcome in this step."""
    said = verb_of(verb, decides)
    return {
        Outcome.ENDORSED: f"เห็นควร{said}",
        Outcome.OPPOSED: f"ไม่เห็นควร{said}",
        Outcome.APPROVED: said,
        Outcome.APPROVED_IF: f"{said}โดยมีเงื่อนไข",
        Outcome.ACKNOWLEDGED: said,
        Outcome.RETURNED: "คืนเรื่อง",
        Outcome.SENT_BACK: "ส่งกลับแก้ถ้อยคำ",
        Outcome.REFUSED: f"ไม่{said}",
    }[Outcome(outcome)]


def outcomes_for(decides: str, *, is_last: bool) -> tuple[Outcome, ...]:
    """What a link may say, the usual one first."""
    if not is_last:
        return (Outcome.ENDORSED, Outcome.OPPOSED, Outcome.SENT_BACK, Outcome.RETURNED)
    if decides == Decides.ACKNOWLEDGE:
        return (Outcome.ACKNOWLEDGED, Outcome.SENT_BACK, Outcome.RETURNED)
    return (
        Outcome.APPROVED, Outcome.APPROVED_IF, Outcome.SENT_BACK, Outcome.RETURNED, Outcome.REFUSED,
    )  # fmt: skip
