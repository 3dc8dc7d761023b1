"""What every paper about a flow says of where it comes from."""

from dataclasses import dataclass

from portal.office.selectors import office
from portal.thai.dates import thai_date
from processes.models import Edition, EditionStatus, Flow


@dataclass(frozen=True, slots=True)
class Standing:
    """The manual, the group, the process and its edition, in the words of the paper."""

    manual: str
    group: str
    office: str
    process: str
    edition: str
    document_code: str = ""
    thai_digits: bool = False


def standing_of(flow: Flow) -> Standing:
    """Where a flow stands now."""
    edition, manual, here = flow.edition, flow.edition.process.manual, office()
    return Standing(
        manual=manual.title,
        group=manual.unit_name,
        office=here.short_name,
        process=flow.shown_table_name or " : ".join(filter(None, (edition.shown_name, flow.phase))),
        edition=f"ฉบับที่ {edition.number} {_force(edition)}",
        document_code=edition.shown_document_code,
        thai_digits=here.thai_digits,
    )


def _force(edition: Edition) -> str:
    if edition.effective_on is None or edition.status == EditionStatus.DRAFT:
        return "(ร่าง ยังไม่ใช้บังคับ)"
    if edition.retired_on is not None:
        return f"(เลิกใช้เมื่อ {thai_date(edition.retired_on)})"
    return f"ใช้บังคับตั้งแต่ {thai_date(edition.effective_on)}"
