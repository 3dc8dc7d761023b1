"""The ways a rule says no. Each carries the Thai text a user reads."""


class DomainError(Exception):
    """A refusal the user can understand; `user_message` is Thai, `status` the HTTP answer."""

    status = 400

    def __init__(self, user_message: str, *, field: str | None = None) -> None:
        super().__init__(user_message)
        self.user_message = user_message
        self.field = field


class RuleBroken(DomainError):
    """The input breaks a rule of the office; `field` names the form field to show it beside."""

    status = 400


class NotAllowed(DomainError):
    """The person sees the thing but may not do this to it."""

    status = 403


class Unavailable(DomainError):
    """Something the portal needs is away for the moment; nothing was done, try again."""

    status = 503


class StateConflict(DomainError):
    """Somebody else was faster, or the thing is no longer where the page showed it."""

    status = 409
