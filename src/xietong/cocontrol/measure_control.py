"""What the devices of the rows that measures touch emit themselves: power, steam, reagents, reactions."""

import numpy as np
import polars as pl

from xietong.inventory.control_carbon import SHEET, derived_items
from xietong.inventory.control_sheet import MEASURED
from xietong.inventory.factors import run
from xietong.inventory.prepare import DEVICES, prepare
from xietong.inventory.settings import Settings
from xietong.measures.blocks import Array
from xietong.methods import METHODS
from xietong.methods.method import Method
from xietong.params.topic import stamp

REMEMBERED = 64
OPERATION = next(one for one in METHODS if one.activity == SHEET)
SPECIES = OPERATION.species
_memory: dict[tuple[object, ...], tuple[Array, Array, Array]] = {}
OWN = tuple(place for place, name in enumerate(SPECIES) if name.startswith("co2_control_"))


def has_devices(method: Method) -> bool:
    """Does the method know devices?

    >>> from xietong.methods import find_method
    >>> has_devices(find_method("stationary_combustion")), has_devices(find_method("heat_exchange"))
    (True, False)
    """
    return DEVICES in method.params.values()


def device_factors(
    method: Method, keys: pl.DataFrame, amount: str, settings: Settings
) -> tuple[Array, Array, Array]:
    """Per key and unit of ``amount``: emission by ``SPECIES``, is any part known, how many parts not.

    ``keys`` has one row per key of the method with ``region``, ``year``, ``sector``, ``control``. A
    device of which nothing is stated gives no value: it is said to be not known, not taken as 0. The
    last few answers of this process are kept.
    """
    digest = keys.hash_rows(seed=7).to_numpy().tobytes()
    asked = (method.name, amount, repr(settings), stamp(settings.workspace), tuple(keys.columns), digest)  # fmt: skip
    if asked not in _memory:
        if len(_memory) >= REMEMBERED:
            _memory.pop(next(iter(_memory)))
        _memory[asked] = _factors(method, keys, amount, settings)
    return _memory[asked]


def _factors(
    method: Method, keys: pl.DataFrame, amount: str, settings: Settings
) -> tuple[Array, Array, Array]:
    shape = (keys.height, len(SPECIES))
    value, known, lacking = np.zeros(shape), np.zeros(shape, bool), np.zeros(shape, np.int64)
    numbered = keys.with_columns(
        pl.int_range(pl.len()).cast(pl.String).alias("facility"),
        *(pl.lit(1.0 if name == amount else None, dtype=pl.Float64).alias(name) for name in method.amounts),
        control=pl.col("control").fill_null("unknown"),
    ).filter(pl.col("control") != "none")  # fmt: skip
    if not numbered.height:
        return value, known, lacking
    items = derived_items(method, numbered, settings)
    if not items.height:
        return value, known, lacking
    items = items.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name) for name in MEASURED if name not in items.columns
    )
    answer = run(OPERATION, items, prepare(OPERATION, items, settings))
    place = answer["facility"].cast(pl.Int64).to_numpy()
    for at, name in enumerate(SPECIES):
        column = answer[name].cast(pl.Float64).to_numpy()
        null = np.isnan(column)
        np.add.at(value[:, at], place, np.where(null, 0.0, column))
        np.logical_or.at(known[:, at], place, ~null)
        np.add.at(lacking[:, at], place, null)
    return value, known, lacking
