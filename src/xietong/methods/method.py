"""What the house must know of a method, beside its function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]


@dataclass(frozen=True)
class Method:
    """One line of ``METHODS``.

    ``activity`` names the sheet (``tables/<activity>.toml``), ``params`` the topic behind each
    further argument of the function, ``species`` the columns it declares (outside them a null means
    not applicable, inside not estimated), ``amounts`` the activity columns it is linear in: one of
    them is filled in each row.
    """

    function: Callable[..., Frame]
    activity: str
    params: Mapping[str, str]
    species: tuple[str, ...]
    amounts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    @property
    def title(self) -> str:
        """The first line of its docstring."""
        return (self.function.__doc__ or "").strip().splitlines()[0]
