"""Passwords the portal makes up: short enough to read out, long enough to be safe."""

import secrets

# no letter or digit that is taken for another one
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 3, 4


def new_password() -> str:
    """About sixty bits, such as `w7kq-3fhn-x9td`."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
