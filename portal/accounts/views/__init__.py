"""Pages of people and posts; every writing one is a door to `accounts.services`."""

from portal.accounts.views.login import locked_out

# named by AXES_LOCKOUT_CALLABLE in the settings
__all__ = ["locked_out"]
