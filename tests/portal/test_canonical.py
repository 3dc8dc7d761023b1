import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.canonical import canonical_bytes, chain_link, digest

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_thai_is_written_as_it_is() -> None:
    assert canonical_bytes({"ข": 1, "ก": [True, None]}) == '{"ก":[true,null],"ข":1}'.encode()


def test_dates_and_moments_have_one_spelling() -> None:
    moment = datetime(2026, 11, 20, 9, 5, tzinfo=timezone(timedelta(hours=7)))
    assert canonical_bytes([date(2026, 11, 20), moment]) == (
        b'["2026-11-20","2026-11-20T09:05:00.000000+07:00"]'
    )


@pytest.mark.parametrize("value", [{"a": object()}, b"bytes", {1, 2}])
def test_what_has_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_bytes(value)


@given(VALUES)
def test_canonical_bytes_read_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical_bytes(value)) == value


@given(st.dictionaries(st.text(), SCALARS, max_size=6))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = dict(reversed(value.items()))
    assert digest(turned) == digest(value)


@given(VALUES, VALUES)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (canonical_bytes(one) == canonical_bytes(other))


def test_a_digest_is_sixty_four_hexadecimal_digits() -> None:
    assert digest("") == "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126"


def test_a_link_depends_on_what_came_before_and_on_its_own_words() -> None:
    payload = {"at": datetime(2026, 11, 20, tzinfo=UTC), "text": "เริ่ม"}
    links = {
        chain_link("", payload),
        chain_link("a" * 64, payload),
        chain_link("", {**payload, "text": "จบ"}),
    }
    assert len(links) == 3
    assert chain_link("", payload) == chain_link("", dict(payload))
