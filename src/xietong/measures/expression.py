"""A number, the name of a parameter, or both joined by + − × ÷: ``efficiency_before/cop/3.6``."""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xietong.errors import InputError

_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Expression:
    """An expression as written; ``names`` are the parameters it needs."""

    text: str
    names: tuple[str, ...]

    def value(self, numbers: Mapping[str, float]) -> float:
        """The number; ``InputError`` where a parameter is absent or the result is not finite.

        >>> expression("a / b / 3.6").value({"a": 0.72, "b": 2.0})
        0.09999999999999999
        """
        absent = [name for name in self.names if name not in numbers]
        if absent:
            raise InputError(f"{self.text!r}: 没有参数值 no value for: {', '.join(absent)}")
        try:
            found = _value(ast.parse(self.text, mode="eval").body, numbers)
        except (ZeroDivisionError, OverflowError):
            found = math.nan
        if not math.isfinite(found):
            raise InputError(f"{self.text!r}: 不是有限数 not a finite number")
        return found


def expression(text: str) -> Expression:
    """Read an expression; ``InputError`` for anything but numbers, names and + − * / ( ).

    >>> expression("1 - saved_share").names
    ('saved_share',)
    >>> expression("open('x')")
    Traceback (most recent call last):
        ...
    xietong.errors.InputError: "open('x')": 只能用数、参数名与 + - * / ( ) · numbers, parameters and + - * / ( ) only
    """
    try:
        body = ast.parse(text.strip(), mode="eval").body
        names = tuple(dict.fromkeys(_names(body)))
    except (SyntaxError, ValueError, TypeError, RecursionError):
        raise InputError(
            f"{text!r}: 只能用数、参数名与 + - * / ( ) · numbers, parameters and + - * / ( ) only"
        ) from None
    return Expression(text.strip(), names)


def _names(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return []
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _names(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return [*_names(node.left), *_names(node.right)]
    raise ValueError


def _value(node: ast.expr, numbers: Mapping[str, float]) -> float:
    if isinstance(node, ast.Name):
        return float(numbers[node.id])
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, numbers)
    assert isinstance(node, ast.BinOp)
    return _OPERATIONS[type(node.op)](_value(node.left, numbers), _value(node.right, numbers))
