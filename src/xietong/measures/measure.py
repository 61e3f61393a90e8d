"""What a measure is: its edits in order, its parameters, the cost of one unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xietong.measures.expression import Expression

EDITS = ("scale", "shift", "control", "add")


@dataclass(frozen=True)
class Condition:
    """``column`` is (or, ``unlike``, is not) one of ``values`` or lies below one of them."""

    column: str
    values: tuple[str, ...]
    unlike: bool = False

    def __str__(self) -> str:
        return f"{self.column}{'!=' if self.unlike else '='}{'|'.join(self.values)}"


@dataclass(frozen=True)
class Edit:
    """One row of ``edits.csv``: what happens to which rows of which table.

    The edit touches an amount T of ``column``: the potential of the measure (a share of what
    ``where`` matches, or units × ``amount_per_unit``), or ``amount_per_unit`` times what step ``of``
    touched. ``scale``: matched rows lose ``value`` · T. ``shift``: matched rows lose T, and
    ``ratio`` · T comes with the keys ``to``. ``control``: T gets the control ``to``. ``add``: a row
    ``to`` with T.
    """

    measure: str
    step: int
    table: str
    where: tuple[Condition, ...]
    edit: str
    column: str
    of: int | None = None
    amount_per_unit: Expression | None = None
    value: Expression | None = None
    to_table: str = ""
    to: Mapping[str, str] = field(default_factory=dict)
    to_column: str = ""
    ratio: Expression | None = None
    note: str = ""

    @property
    def sought(self) -> str:
        """What it looks for, in words for a message."""
        return f"{self.table}: {'; '.join(map(str, self.where)) or '*'}"


@dataclass(frozen=True)
class Value:
    """A parameter of a measure with its source."""

    value: float
    unit: str
    low: float | None
    high: float | None
    source: str
    locator: str
    confidence: str


@dataclass(frozen=True)
class Measure:
    """One row of ``measures.csv`` with its edits and values.

    ``group`` names what several measures act on together (they exclude each other as shares).
    ``effect`` and ``cost`` hold values by parameter; costs are per unit of the measure.
    """

    id: str
    name_zh: str
    name_en: str = ""
    group: str = ""
    sector: str = ""
    theme: str = ""
    unit: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    regions: tuple[str, ...] = ()
    note: str = ""
    edits: tuple[Edit, ...] = ()
    effect: Mapping[str, Value] = field(default_factory=dict)
    cost: Mapping[str, Value] = field(default_factory=dict)
    own: bool = False

    @property
    def numbers(self) -> dict[str, float]:
        """The effect parameters by name."""
        return {name: one.value for name, one in self.effect.items()}

    def holds(self, year: int) -> bool:
        """Is the measure valid in a year?

        >>> Measure("a", "甲", valid_from=2020).holds(2019)
        False
        """
        return (self.valid_from or year) <= year <= (self.valid_to or year)
