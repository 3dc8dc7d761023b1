"""What leads from one page to the next: the letter of a connector and the way it cuts."""

from dataclasses import dataclass

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Carry:
    """A page end: its connector's letter, the rows beside it, the strokes it cuts."""

    letter: str
    before: str
    after: str
    strokes: tuple[str, ...]

    @property
    def joined(self) -> bool:
        """Sub-rows are cut apart: the bar that joins them again goes on as well."""
        return "joined" in self.strokes

    @property
    def leaving(self) -> str:
        """Style classes at the foot of the page that is left."""
        return " ".join(f"flow-{stroke}-out" for stroke in self.strokes)

    @property
    def coming(self) -> str:
        """Style classes at the head of the page that follows."""
        return " ".join(f"flow-{stroke}-in" for stroke in self.strokes)


def page_letter(number: int) -> str:
    """A to Z, then A1 and on."""
    turn, place = divmod(number, len(LETTERS))
    return LETTERS[place] + (str(turn) if turn else "")
