"""Worked examples of every method: the arithmetic of somebody who knows the subject."""

from pathlib import Path

import pytest

from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.methods.worked import Example, examples

HERE = Path(__file__).parent
CASES = [
    pytest.param(method, example, id=f"{method.name}: {example.title}")
    for method in METHODS
    for example in examples(method, HERE / f"{method.name}.toml")
]


@pytest.mark.parametrize(("method", "example"), CASES)
def test_worked_example(method: Method, example: Example) -> None:
    row = example.run(method).row(0, named=True)
    for name, value in example.expect.items():
        assert row[name] == (value if value is None else pytest.approx(value, rel=1e-12)), name
