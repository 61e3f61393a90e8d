"""Measures on tables: the edits in order, each on what the steps before it left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from xietong.measures.blocks import CHAINS, Array, Base, Block, with_device
from xietong.measures.measure import Condition, Edit, Measure
from xietong.tables import schemas

NOTHING = 1e-300  # an amount below it is nothing to share out


@dataclass
class State:
    """The tables while measures act on them: for each table its rows, and the blocks that came.

    ``touched``: rows of a base that a step reached; ``amounts``: what each measure's steps touched
    [unit of their column], by region; ``warnings`` and ``missed`` say what did not work.
    """

    bases: Mapping[str, Base]
    regions: tuple[str, ...] = ()
    year: int | None = None
    left: dict[str, Block] = field(default_factory=dict)
    came: list[Block] = field(default_factory=list)
    touched: dict[str, Array] = field(default_factory=dict)
    amounts: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    units: dict[str, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def blocks(self, table: str) -> list[Block]:
        """All blocks of a table as it is now."""
        if table not in self.left:
            base = self.bases[table]
            size = base.rows.height
            self.left[table] = Block(base, base, np.arange(size), np.ones(size))
            self.touched[table] = np.zeros(size, bool)
        return [self.left[table], *(one for one in self.came if one.table.name == table)]


def applied(
    measures: Sequence[Measure],
    bases: Mapping[str, Base],
    scale: float = 1.0,
    *,
    regions: Sequence[str] = (),
    year: int | None = None,
) -> State:
    """The tables with some measures, one after the other.

    ``bases`` holds every table that the edits name (an empty one where the inventory has none);
    ``scale`` takes a share of each potential. ``regions`` and ``year`` are those of the inventory, for rows
    that are added (by themselves those of the bases). A first step that matches nothing is listed in
    ``missed`` and the rest of that measure is left out; a later one is a warning.
    """
    regions = regions or sorted(_words_of(bases, "region"))
    state = State(bases, tuple(regions), year or max(_words_of(bases, "year"), default=None))
    for measure in measures:
        for edit in measure.edits:
            done = _step(state, measure, edit, scale)
            if not done and edit is measure.edits[0]:
                state.missed.append(edit.sought)
                break
            if not done:
                state.warnings.append(
                    f"步骤 {edit.step} 没有匹配的行 · step {edit.step} matches nothing: {edit.sought}"
                )
    return state


def _step(state: State, measure: Measure, edit: Edit, scale: float) -> bool:
    if edit.edit == "add":
        return _add(state, measure, edit, scale)
    conditions = list(edit.where)
    if measure.regions and edit.of is None:
        conditions.append(Condition("region", measure.regions))
    found = [(one, one.mask(conditions) & (one.weight != 0)) for one in state.blocks(edit.table)]
    found = [(one, mask) for one, mask in found if mask.any()]
    if not found:
        return False
    share = _share(state, measure, edit, found, scale)
    if share is None:
        return False
    value = edit.value.value(measure.numbers) if edit.value else 1.0
    for block, mask in found:
        if block is state.left[edit.table]:
            state.touched[edit.table] |= mask
        if edit.edit == "scale" and (not edit.column or edit.column in block.table.amounts):
            block.weight = np.where(mask, block.weight * (1 - share * value), block.weight)
        elif share:
            state.came.append(_moved(state, measure, edit, block, mask, share, value))
            block.weight = np.where(mask, block.weight * (1 - share), block.weight)
    return True


def _share(
    state: State,
    measure: Measure,
    edit: Edit,
    found: list[tuple[Block, Array]],
    scale: float,
) -> float | None:
    """The share of what is matched that is touched; None where there is no amount to touch."""
    numbers = measure.numbers
    potential = numbers.get("potential_share")
    by_share = edit.of is None and potential is not None
    if not edit.column or edit.column not in state.bases[edit.table].amounts:
        if not by_share or potential is None:
            state.warnings.append(
                f"步骤 {edit.step}：没有数量列，只能按份额 · step {edit.step}: no amount, by share only"
            )
            return None
        return potential * scale
    parts = [np.where(mask, one.amounts(edit.column), 0.0) for one, mask in found]
    blind = int(sum(np.isnan(part).sum() for part in parts))
    whole = float(sum(np.nansum(part) for part in parts))
    if blind:
        state.warnings.append(
            f"步骤 {edit.step}：{blind} 行不能换算成 {edit.column}，没有动 · "
            f"step {edit.step}: {blind} rows cannot be said in {edit.column}, left as they are"
        )
        for place, (one, mask) in enumerate(found):
            found[place] = (one, mask & ~np.isnan(one.amounts(edit.column)))
    if whole <= NOTHING:
        return None
    wanted = (
        (potential or 0.0) * scale * whole if by_share else _wanted(state, measure, edit, scale)
    )
    if wanted > whole and not (
        edit.edit == "scale" and edit.value and edit.value.value(numbers) < 0
    ):
        state.warnings.append(
            f"步骤 {edit.step}：潜力 {wanted:g} 多于现有 {whole:g}（{edit.column}），只到现有的量 · "
            f"step {edit.step}: potential above what is there, cut to it"
        )
        wanted = whole
    share = wanted / whole
    _remember(state, measure, edit, found, share)
    return share


def _wanted(state: State, measure: Measure, edit: Edit, scale: float) -> float:
    per_unit = edit.amount_per_unit.value(measure.numbers) if edit.amount_per_unit else 1.0
    if edit.of is not None:
        return per_unit * sum(state.amounts.get((measure.id, edit.of), {}).values())
    return per_unit * measure.numbers["potential_units"] * scale


def _remember(
    state: State, measure: Measure, edit: Edit, found: list[tuple[Block, Array]], share: float
) -> None:
    """What the step touches, by region; the number of units from the first step that tells."""
    by_region: dict[str, float] = {}
    for one, mask in found:
        amounts = np.where(mask, np.nan_to_num(one.amounts(edit.column)), 0.0) * share
        regions = one.column("region")
        for region in set(regions[mask].tolist()):
            part = float(amounts[regions == region].sum())
            by_region[str(region)] = by_region.get(str(region), 0.0) + part
    state.amounts[measure.id, edit.step] = by_region
    if measure.id not in state.units and edit.of is None and edit.amount_per_unit:
        per_unit = edit.amount_per_unit.value(measure.numbers)
        state.units[measure.id] = sum(by_region.values()) / per_unit


def _moved(
    state: State,
    measure: Measure,
    edit: Edit,
    block: Block,
    mask: Array,
    share: float,
    value: float,
) -> Block:
    """The part of a block that becomes something else."""
    place = np.flatnonzero(mask)
    size = len(place)
    target = state.bases[edit.to_table or edit.table]
    set_ = {name: column[place] for name, column in block.set.items() if name in target.types}
    if edit.edit == "scale":  # a number that is no amount
        made = {edit.column: block.column(edit.column)[place] * (1 - value)}
    else:
        made = {name: _words(target, block, place, name, word) for name, word in edit.to.items()}
        for name, keys in target.replaces.items():
            if keys & set(edit.to) and name not in edit.to:
                made[name] = np.full(size, np.nan)
    weight = block.weight[place] * share
    ratio = edit.ratio.value(measure.numbers) if edit.ratio else 1.0
    amount = None
    if edit.edit == "shift" and edit.column:
        amount = (edit.to_column or edit.column, block.amounts(edit.column)[place] * share * ratio)
        weight = np.ones(size)
    elif block.amount is not None:
        amount = (block.amount[0], block.amount[1][place] * ratio)
    else:
        weight = weight * ratio
    return Block(
        target, block.base, block.index[place], weight, {**set_, **made}, amount, block.added
    )


def _words(target: Base, block: Block, place: Array, name: str, word: str) -> Array:
    if name in target.numbers:
        return np.full(len(place), float(word))
    if name == CHAINS and word.startswith("+"):
        chains = block.column(CHAINS)[place]
        return np.array([with_device(one, word[1:]) for one in chains], dtype=object)
    return np.full(len(place), word, dtype=object)


def _add(state: State, measure: Measure, edit: Edit, scale: float) -> bool:
    base = state.bases[edit.table]
    wanted = _wanted(state, measure, edit, scale)
    if edit.of is not None:
        parts = state.amounts.get((measure.id, edit.of), {})
        whole = sum(parts.values())
        by_region = {name: wanted * part / whole for name, part in parts.items()} if whole else {}
    else:
        where = edit.to.get("region") or (state.regions[0] if len(state.regions) == 1 else "")
        if not where:
            state.warnings.append(
                f"步骤 {edit.step}：有几个地区，请在 to 中写 region · "
                f"step {edit.step}: several regions, say which in to"
            )
            return False
        by_region = {where: wanted}
        if edit.amount_per_unit and measure.id not in state.units:
            state.units[measure.id] = wanted / edit.amount_per_unit.value(measure.numbers)
    names = list(by_region)
    size = len(names)
    if not size:
        return False
    state.amounts[measure.id, edit.step] = by_region
    block = Block(base, base, np.zeros(size, int), np.ones(size), added=True)
    made = {
        name: _words(base, block, np.arange(size), name, word) for name, word in edit.to.items()
    }
    made["region"] = np.array([edit.to.get("region", name) for name in names], dtype=object)
    made["year"] = np.full(size, state.year, dtype=object)
    block.set = made
    block.amount = (edit.column, np.array([by_region[name] for name in names]))
    state.blocks(edit.table)
    state.came.append(block)
    return True


def _words_of(bases: Mapping[str, Base], column: str) -> set[Any]:
    found = {one for base in bases.values() for one in base.column(column).tolist()}
    return found - {None}


def table_of(state: State, name: str) -> pl.DataFrame:
    """The whole table with the measures, as a method reads it: one row per row of each block.

    Amounts are multiplied by the weights; a row whose weight is 0 stays with an amount of 0.
    """
    return pl.concat([_frame(one) for one in state.blocks(name)], how="diagonal_relaxed")


def _frame(block: Block) -> pl.DataFrame:
    base = block.table
    made: dict[str, pl.Series] = {}
    for one in schemas()[base.name].columns:
        for name in one.into.values() or (one.name,):
            if one.type == "unit":
                continue
            column = block.given(name) if name in base.amounts else block.column(name)
            if name in base.numbers:
                made[name] = pl.Series(name, column, dtype=pl.Float64).fill_nan(None)
            else:
                kind = pl.Int64 if one.type == "year" else pl.String
                made[name] = pl.Series(name, column.tolist(), dtype=kind)
    extra = [
        n for n in base.rows.columns if n not in made and block.base is base and not block.added
    ]
    return pl.DataFrame(made).with_columns(base.rows[block.index][name] for name in extra)
