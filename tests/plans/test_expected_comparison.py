"""The expected comparison of the five Shandong plans, written by reading them, is whole.

Tables in ``expected/``: each clause of a pair once, known words, numbers that parse, relations
that agree with their figures, every target of the library accounted for. The comparison itself
is held against these tables elsewhere.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

Row = dict[str, str]

EXPECTED = Path(__file__).parent / "expected"
PROVINCE = ("shandong-synergy", "shandong-peak")
CITIES = ("qingdao-synergy", "liaocheng-synergy", "jinan-peak")
PLANS = (*PROVINCE, *CITIES)
PAIRS = {
    ("shandong-synergy", "qingdao-synergy"),
    ("shandong-synergy", "liaocheng-synergy"),
    ("shandong-peak", "jinan-peak"),
}
SIDES = ("left", "right")
PAIR_KEYS = "kind severity indicator year left_plan left_clause left_value left_unit "
PAIR_KEYS += "right_plan right_clause right_value right_unit note basis"
COLUMNS = {
    "alignment": "left_plan right_plan relation left right note",
    "target_changes": (
        "left_plan right_plan relation indicator left_clause left_year left_value left_unit "
        "right_clause right_year right_value right_unit record note"
    ),
    "conflicts": PAIR_KEYS,
    "lookalikes": PAIR_KEYS + " reason",
    "units": "left_plan left_clause right_plan right_clause function kind note",
}
CHANGES = {
    "kept",
    "strengthened",
    "weakened",
    "replaced",
    "apportioned",
    "dropped",
    "added",
}
KINDS = {"value", "hedge", "scope", "year", "exception", "list", "citation"}
YEARS = {"", "2025", "2030"}


def table(name: str) -> list[Row]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def library(name: str) -> list[Row]:
    path = files("xietong.plans") / "library" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


TABLES = {name: table(name) for name in COLUMNS}
ALIGNMENT, CHANGED = TABLES["alignment"], TABLES["target_changes"]
CONFLICTS, LOOKALIKES = TABLES["conflicts"], TABLES["lookalikes"]
LIBRARY_CLAUSES = library("clauses")
HEADINGS = {(row["plan"], row["heading"]) for row in library("sections")}


def numbered(chapters: dict[str, tuple[int, int]]) -> list[str]:
    return [f"{chapter}.{n}" for chapter, (a, b) in chapters.items() for n in range(a, b + 1)]


def works(counts: Iterable[int], policies: int) -> list[str]:
    chapters = {f"3.{work}": (1, n) for work, n in enumerate(counts, start=1)}
    return numbered({**chapters, "4": (1, policies), "5": (1, 3)})


SYNERGY = numbered({"2": (1, 5), "3": (1, 5), "4": (1, 4), "5": (1, 4), "6": (1, 4), "7": (1, 3)})
CLAUSES = {
    "shandong-synergy": SYNERGY,
    "liaocheng-synergy": SYNERGY,
    "qingdao-synergy": numbered(
        {"2": (1, 5), "3": (6, 10), "4": (11, 15), "5": (16, 18), "6": (19, 22), "7": (23, 26)}
    ),
    "shandong-peak": works((5, 6, 4, 4, 3, 4, 4, 5, 4, 2), policies=5),
    "jinan-peak": works((6, 5, 4, 4, 3, 4, 3, 4, 4, 2), policies=6),
}


def cells(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def pair(row: Row) -> tuple[str, str]:
    return row["left_plan"], row["right_plan"]


def place_exists(plan: str, clause: str) -> bool:
    return clause in CLAUSES[plan] or (plan, clause) in HEADINGS


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_no_row_twice(name: str) -> None:
    rows = TABLES[name]
    assert list(rows[0]) == COLUMNS[name].split()
    keys = [tuple(v for k, v in row.items() if k not in {"note", "reason"}) for row in rows]
    assert [key for key, n in Counter(keys).items() if n > 1] == []


@pytest.mark.parametrize("plan", PLANS)
def test_clause_ids_are_those_of_the_library(plan: str) -> None:
    assert [row["id"] for row in LIBRARY_CLAUSES if row["plan"] == plan] == CLAUSES[plan]


@pytest.mark.parametrize(("left", "right"), sorted(PAIRS))
def test_each_clause_is_aligned_once(left: str, right: str) -> None:
    rows = [row for row in ALIGNMENT if pair(row) == (left, right)]
    for side, plan in (("left", left), ("right", right)):
        found = [clause for row in rows for clause in cells(row[side])]
        assert sorted(found) == sorted(CLAUSES[plan])


def test_alignment_relation_follows_from_the_counts() -> None:
    relations = {(1, 1): "one_to_one", (1, 0): "only_left", (0, 1): "only_right"}
    for row in ALIGNMENT:
        n, m = len(cells(row["left"])), len(cells(row["right"]))
        expected = relations.get((n, m), "split" if n == 1 else "merged" if m == 1 else "?")
        assert row["relation"] == expected, row
        assert pair(row) in PAIRS


def numbers(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        for side in SIDES:
            if row[f"{side}_unit"]:
                yield row[f"{side}_value"], row[f"{side}_unit"]


@pytest.mark.parametrize("name", ["target_changes", "conflicts", "lookalikes"])
def test_values_with_a_unit_are_numbers_and_places_exist(name: str) -> None:
    rows = TABLES[name]
    assert all(float(value) > 0 for value, _ in numbers(rows))
    for row in rows:
        for side in SIDES:
            clause = row[f"{side}_clause"]
            if clause:
                assert place_exists(row[f"{side}_plan"], clause), row
        assert {row.get("year", ""), row.get("left_year", ""), row.get("right_year", "")} <= YEARS


def figures(row: Row, side: str) -> tuple[str, ...]:
    return tuple(row[f"{side}_{key}"] for key in ("year", "value", "unit"))


def test_target_changes_agree_with_their_figures() -> None:
    for row in CHANGED:
        relation = row["relation"]
        assert relation in CHANGES and pair(row) in PAIRS
        assert row["record"] in {"target", "milestone", "text"}
        left, right = figures(row, "left"), figures(row, "right")
        assert bool(row["left_clause"]) == (relation != "added"), row
        assert bool(row["right_clause"]) == (relation != "dropped"), row
        if relation == "kept":
            assert left == right, row
        if relation == "apportioned":
            assert left[0] == right[0] and left[1] and right[1] and left != right, row
        if relation == "dropped":
            assert not any(right), row
        if relation == "added":
            assert not any(left), row
        if relation == "strengthened" and left[1]:
            assert float(right[1]) > float(left[1]), row
        if relation == "replaced" and row["record"] == "target":
            assert "by " in row["note"] or "delegated" in row["note"], row


def test_what_became_of_a_target_is_found_in_aligned_clauses() -> None:
    aligned = {
        (*pair(row), left, right)
        for row in ALIGNMENT
        for left in cells(row["left"])
        for right in cells(row["right"])
    }
    for row in CHANGED:
        left, right = row["left_clause"], row["right_clause"]
        if left in CLAUSES[row["left_plan"]] and right:
            assert (*pair(row), left, right) in aligned, row


@pytest.mark.parametrize(("left", "right"), sorted(PAIRS))
@pytest.mark.parametrize("record", ["target", "milestone"])
def test_every_target_and_milestone_of_the_library_has_its_row(
    left: str, right: str, record: str
) -> None:
    rows = [row for row in CHANGED if pair(row) == (left, right)]
    for side, plan in (("left", left), ("right", right)):
        keys = ("clause", "year", "value", "unit")
        stated = Counter(tuple(row[f"{side}_{key}"] for key in keys) for row in rows)
        wanted = Counter(
            tuple(row.get(key, "") for key in keys)
            for row in library(f"{record}s")
            if row["plan"] == plan
        )
        assert {key: n for key, n in wanted.items() if stated[key] < n} == {}


@pytest.mark.parametrize("name", ["conflicts", "lookalikes"])
def test_pairs_name_two_plans_higher_first(name: str) -> None:
    order = ("shandong-synergy", "shandong-peak", *CITIES)
    for row in TABLES[name]:
        assert order.index(row["left_plan"]) < order.index(row["right_plan"]), row
        assert row["kind"] in KINDS | ({"unit"} if name == "lookalikes" else set())
        both = bool(row["left_unit"]) and bool(row["right_unit"])
        assert row["basis"] == ("target" if both else "text"), row
        for side in SIDES:
            assert row[f"{side}_clause"] or row["kind"] == "citation", row


def test_conflicts_differ_in_what_their_kind_says() -> None:
    for row in CONFLICTS:
        left, right = (tuple(row[f"{side}_{key}"] for key in ("value", "unit")) for side in SIDES)
        cities = {row["left_plan"], row["right_plan"]} <= set(CITIES)
        assert row["severity"] in {"high", "medium", "low"}
        assert ("two cities" in row["note"]) == cities
        if cities:
            assert row["severity"] == "low", row
        if row["basis"] == "text":
            assert left != right, row
        elif row["kind"] == "value":
            assert left[1] == right[1] and left[0] != right[0], row
            assert row["severity"] == ("low" if cities else "high"), row
        else:
            assert left == right, row
            stated = dict(part.split("=", 1) for part in row["note"].split("; ")[0].split(";"))
            assert stated["left"] != stated["right"], row


def test_numeric_rows_quote_targets_of_the_library() -> None:
    keys = ("plan", "clause", "value", "unit")
    known = {tuple(row[key] for key in keys) for row in library("targets")}
    share_of_cities = ("shandong-peak", "3.5.2", "80", "%")  # printed inside a subject there
    for row in (*CONFLICTS, *LOOKALIKES):
        for side in SIDES:
            stated = tuple(row[f"{side}_{key}"] for key in keys)
            if row[f"{side}_unit"]:
                assert stated in known | {share_of_cities}, row


def test_no_look_alike_is_also_a_conflict() -> None:
    keys = ("kind", "indicator", "left_plan", "left_clause", "right_plan", "right_clause")
    conflicts = {tuple(row[key] for key in keys) for row in CONFLICTS}
    assert [row for row in LOOKALIKES if tuple(row[key] for key in keys) in conflicts] == []
    assert all(row["reason"] and not row["severity"] for row in LOOKALIKES)


def test_units_differ_between_aligned_clauses() -> None:
    aligned = {(*pair(row), row["left"], row["right"]) for row in ALIGNMENT}
    seen = Counter((*pair(row), row["left_clause"], row["function"]) for row in TABLES["units"])
    assert set(seen.values()) == {1}
    for row in TABLES["units"]:
        assert (*pair(row), row["left_clause"], row["right_clause"]) in aligned, row
        assert row["kind"] in {"only_left", "only_right", "lead_differs"}
        if row["function"] == "能源":
            assert row["kind"] == "only_left" and "发展改革" in row["note"], row
