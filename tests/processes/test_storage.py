"""Shape to rows and back."""

import pytest

from processes import storage
from processes.selectors import effective_flow
from tests.factories.standard import make_flow

pytestmark = pytest.mark.django_db


def test_flow_of_the_factory_reads_back_as_written():
    flow = make_flow(
        ["a", {"key": "b", "decides": "decide", "chain": ["head", "director"], "returns_to": "a"}],
        items=[{"key": "x", "text": "ทำ", "step": "a"}],
        code="demo-two",
    )
    content = storage.flow_shape(effective_flow("demo-two"))
    assert [step.key for step in content.steps] == ["a", "b"]
    assert content.steps[1].returns_to == "a"
    assert content.items[0].step == "a"
    assert list(storage.step_rows(flow)) == ["a", "b"]
