"""How a state looks, whichever table it comes from: one tone and one icon per code.

The words come from the choices of the models; here is only what the eye needs. A code nobody
knows is quiet, so a new state is never loud by accident.
"""

from typing import NamedTuple


class Look(NamedTuple):
    tone: str
    icon: str


QUIET = Look("quiet", "minus")

_BY_LOOK: dict[Look, tuple[str, ...]] = {
    QUIET: ("ahead", "none"),
    Look("quiet", "pen"): ("draft",),
    Look("quiet", "skip"): ("skipped",),
    Look("quiet", "x"): ("dropped", "cancelled", "revoked"),
    Look("quiet", "history"): ("retired", "superseded"),
    Look("quiet", "return"): ("withdrawn",),
    Look("quiet", "clock"): ("queued", "ok"),
    Look("now", "inbox"): ("open",),
    Look("now", "play"): ("working", "running", "current"),
    Look("wait", "wait"): ("waiting", "claimed"),
    Look("wait", "send"): ("submitted", "proposed"),
    Look("ok", "check"): ("done", "given", "finished", "effective", "active"),
    Look("ok", "stamp"): ("approved", "decided"),
    Look("ok", "sign"): ("endorsed", "acknowledged"),
    Look("soon", "stamp"): ("approved_if",),
    Look("soon", "clock"): ("soon",),
    Look("soon", "return"): ("returned", "sent_back"),
    Look("bad", "alert"): ("overdue", "failed"),
    Look("bad", "x"): ("refused", "opposed"),
}
_BY_CODE = {code: look for look, codes in _BY_LOOK.items() for code in codes}


def look_of(code: object) -> Look:
    """The tone and icon of a state's code."""
    return _BY_CODE.get(str(code), QUIET)
