"""Numbers are given without gaps and without doubles."""

import pytest
from django.db import transaction

from portal.office.numbering import next_number


@pytest.mark.django_db
def test_numbers_start_at_one_and_go_on():
    assert [next_number("case", 2570) for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db
def test_each_register_and_year_has_its_own_numbers():
    next_number("case", 2570)
    assert (next_number("case", 2571), next_number("order", 2570)) == (1, 1)


@pytest.mark.django_db
def test_number_of_a_rolled_back_change_is_free_again():
    next_number("case", 2570)
    with transaction.atomic():
        next_number("case", 2570)
        transaction.set_rollback(True)
    assert next_number("case", 2570) == 2


@pytest.mark.django_db(transaction=True)
def test_number_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        next_number("case", 2570)
