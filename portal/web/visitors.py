"""What the shared pages need to know of who is looking. The people themselves live above."""

from typing import Protocol


class Rights(Protocol):
    """The part of a person's access that decides which guide speaks to him."""

    @property
    def officer_of(self) -> frozenset[int]: ...

    @property
    def head_of(self) -> frozenset[int]: ...

    @property
    def sees_all(self) -> bool: ...


class Visitor(Protocol):
    """A signed-in person, as far as the way around the portal is concerned."""

    @property
    def account(self) -> str: ...

    @property
    def administers(self) -> bool: ...

    @property
    def access(self) -> Rights: ...
