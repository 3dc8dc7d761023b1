"""What the tests of orders and pages rest on."""

import pytest

from portal.accounts.models import User
from processes.models import Flow
from tests.factories.people import make_school, make_school_user
from tests.factories.standard import dlit_flow
from tests.factories.work import Bench, make_bench


@pytest.fixture
def bench() -> Bench:
    return make_bench()


@pytest.fixture
def flow() -> Flow:
    return dlit_flow()


@pytest.fixture
def school_user() -> User:
    return make_school_user(make_school())
