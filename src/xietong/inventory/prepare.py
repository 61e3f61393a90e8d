"""The parameter tables a method asks for, for the keys that occur: wide to join, long to explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from xietong import params
from xietong.errors import ParameterError
from xietong.inventory.draws import drawn, shifted
from xietong.inventory.settings import Settings
from xietong.methods.formulas.control_series import REMOVED, STAGES, in_series
from xietong.methods.method import Method
from xietong.vocab.fuels import fuels

FUELS, DEVICES, OPERATION = "vocab/fuels", "control/devices", "control/operation"
PLACE = ("longitude", "latitude")  # of a point source: handed through, no factor depends on them
PASSED = tuple(f"{gas}_passed_share" for gas in REMOVED)


@dataclass(frozen=True)
class Prepared:
    """Answers by argument of the method: ``rows`` (one per key and parameter) and the keys asked."""

    rows: Mapping[str, pl.DataFrame]
    asked: Mapping[str, pl.DataFrame]
    settings: Settings

    def tables(self) -> dict[str, pl.DataFrame]:
        """Wide tables as the method joins them."""
        found = {
            name: _wide(self.rows[name], self.asked[name], name)
            for name in self.rows
            if name != OPERATION
        }
        if DEVICES in found:
            chains = _chains(self.asked[DEVICES], self.rows[OPERATION])
            found[DEVICES] = _passed(chains, found[DEVICES])
        found[FUELS] = _fuel_traits(self.settings)
        return found

    def arguments(self, method: Method) -> dict[str, pl.DataFrame]:
        """The tables by the names of the method's arguments."""
        tables = self.tables()
        return {argument: tables[name] for argument, name in method.params.items()}

    def moved(self, rows: pl.DataFrame) -> "Prepared":
        """The same with some parameter rows (column ``row``) moved a little: who depends on them?"""
        return replace(self, rows={name: shifted(table, rows) for name, table in self.rows.items()})

    def with_draws(self, values: pl.DataFrame) -> "Prepared":
        """The same with one more key ``draw``: every value drawn once a draw, wherever it is used."""
        return replace(self, rows={name: drawn(table, values) for name, table in self.rows.items()})

    def all_rows(self) -> pl.DataFrame:
        """All values used, one row per parameter row of a file."""
        kept = ["row", "value", "u95_low", "u95_high", "distribution", "source", "confidence"]
        return pl.concat([table.select(kept) for table in self.rows.values()]).unique("row")


def prepare(method: Method, keys: pl.DataFrame, settings: Settings) -> Prepared:
    """Ask for every parameter of a method for the distinct ``keys`` of an activity table."""
    rows: dict[str, pl.DataFrame] = {}
    asked: dict[str, pl.DataFrame] = {}
    for name in method.params.values():
        if name == FUELS:
            continue
        wanted = _device_keys(keys) if name == DEVICES else _topic_keys(name, keys)
        rows[name] = _load(name, wanted, settings)
        asked[name] = keys.select("control").unique() if name == DEVICES else wanted
        if name == DEVICES:
            asked[OPERATION] = _stages(keys)
            rows[OPERATION] = _load(OPERATION, asked[OPERATION], settings)
    return Prepared(rows, asked, settings)


def _load(name: str, wanted: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    years = wanted["year"].drop_nulls().unique().to_list() if "year" in wanted.columns else []
    return params.load(
        name,
        programme=settings.programme(name),
        fill=settings.fill.get(name, ()),
        years=years,
        keys=wanted,
        workspace=settings.workspace,
    ).rows


def _topic_keys(name: str, keys: pl.DataFrame) -> pl.DataFrame:
    wanted = [*params.topic(name).keys, "year"]
    absent = [key for key in wanted if key not in keys.columns]
    if absent:
        raise ParameterError(f"{name}: 活动水平缺少列 the activity lacks: {', '.join(absent)}")
    return keys.select(wanted).unique(maintain_order=True)


def _wide(rows: pl.DataFrame, asked: pl.DataFrame, name: str) -> pl.DataFrame:
    """One row per key asked (and draw), one column per parameter of the topic."""
    keys = ["device"] if name == DEVICES else asked.columns
    index = [*keys, *(["draw"] if "draw" in rows.columns else [])]
    columns = params.topic(name).columns
    wide = (
        rows.pivot(on="parameter", index=index, values="value")
        if rows.height
        else rows.select(index)
    )
    absent = [column for column in columns if column not in wide.columns]
    return wide.with_columns(
        pl.lit(None, dtype=pl.Float64).alias(column) for column in absent
    ).select(*index, *columns)


def _stages(keys: pl.DataFrame) -> pl.DataFrame:
    """One row per control and device of its chain, ``none`` included (stages that do not exist)."""
    listed = [
        (control, device)
        for control in keys["control"].drop_nulls().unique().sort()
        for device in dict.fromkeys([*devices_of(control), "none"])
    ]
    return pl.DataFrame(listed, schema={"control": pl.String, "device": pl.String}, orient="row")


def _device_keys(keys: pl.DataFrame) -> pl.DataFrame:
    return _stages(keys).select("device").unique(maintain_order=True)


def devices_of(control: str) -> list[str]:
    """The devices of a chain in flow order; more stages than the formula has are refused.

    >>> devices_of("scr+esp")
    ['scr', 'esp']
    """
    devices = control.split("+")
    if len(devices) > STAGES:
        raise ParameterError(
            f"治理设施 {control!r}: {len(devices)} 级，最多 {STAGES} 级（at most {STAGES} stages）"
        )
    return devices


def _chains(asked: pl.DataFrame, operation: pl.DataFrame) -> pl.DataFrame:
    """The chain table of ``in_series``: devices, collection and operation of each stage."""
    shares: dict[tuple[str, str], dict[str, float]] = {}
    for row in operation.iter_rows(named=True):
        if row.get("draw", 0) == 0:
            shares.setdefault((row["control"], row["device"]), {})[row["parameter"]] = row["value"]
    rows = []
    for control in asked["control"].drop_nulls():
        line: dict[str, object] = {"control": control}
        devices = [*devices_of(control), *["none"] * STAGES][:STAGES]
        for stage, device in enumerate(devices, 1):
            found = shares.get((control, device), {})
            line[f"device_{stage}"] = device
            line[f"collected_{stage}_share"] = found.get("collected_share")
            line[f"operated_{stage}_share"] = found.get("operated_share")
        rows.append(line)
    stages = range(1, STAGES + 1)
    text = ["control", *(f"device_{n}" for n in stages)]
    shares_ = [f"{kind}_{n}_share" for n in stages for kind in ("collected", "operated")]
    kinds: dict[str, pl.DataType] = dict.fromkeys(text, pl.String())
    return pl.DataFrame(rows, schema=kinds | dict.fromkeys(shares_, pl.Float64()))


def _passed(chains: pl.DataFrame, devices: pl.DataFrame) -> pl.DataFrame:
    import narwhals as nw

    table = in_series(nw.from_native(chains.lazy()), nw.from_native(devices.lazy())).to_native()
    found: pl.DataFrame = table.collect()
    keys = ["control", *(["draw"] if "draw" in found.columns else [])]
    return found.select(*keys, *PASSED)


def _fuel_traits(settings: Settings) -> pl.DataFrame:
    counted = settings.recovered == "count"
    listed = [one for one in fuels() if one.biogenic_share is not None]
    return pl.DataFrame(
        {
            "fuel": [one.fuel for one in listed],
            "biogenic_share": [one.biogenic_share for one in listed],
            "recovered_share": [0.0 if counted else one.recovered_share for one in listed],
        }
    )


def factor_keys(method: Method, columns: Sequence[str], numbers: Sequence[str]) -> list[str]:
    """The activity columns an emission factor depends on: look-up keys and measured values."""
    lookups = {"control"} if DEVICES in method.params.values() else set()
    measured = {name for name in numbers if name not in method.amounts}
    for name in method.params.values():
        if name == FUELS:
            lookups |= {"fuel"}
        elif name != DEVICES:
            lookups |= {*params.topic(name).keys, "year"}
            measured |= set(params.topic(name).columns)
    measured |= {"direction"}
    return [
        name
        for name in columns
        if (name in lookups or name in measured)
        and name not in {*method.amounts, *PLACE, "amount_u95_share"}
    ]
