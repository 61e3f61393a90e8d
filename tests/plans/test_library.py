"""The compiled library of plans is whole: keys, references, vocabularies, digests.

With the folder named by ``XIETONG_PLANS`` each document's digest is compared with its file and
every quote's digest is found again among the fragments of its document.
"""

import csv
import os
import re
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

Row = dict[str, str]

TABLES = ("documents", "cites", "sections", "clauses", "targets", "milestones", "projects")
KEYS = {
    "documents": ("plan",),
    "cites": ("plan", "title"),
    "sections": ("plan", "id"),
    "clauses": ("plan", "id"),
    "targets": ("plan", "clause", "year", "indicator", "subject", "subjects", "value"),
    "milestones": ("plan", "clause", "year", "kind", "indicator"),
    "projects": ("plan", "box", "group", "name"),
}
COLUMNS = {
    "documents": "plan title doc_number issuers issue_date adcode region level plan_type sha256",
    "cites": "plan title doc_number",
    "sections": "plan id heading",
    "clauses": "plan id id_positional heading units lead open_list",
    "targets": (
        "plan clause year indicator subject subjects operator value unit baseline_year "
        "direction measure hedge quote_sha256"
    ),
    "milestones": "plan clause year kind indicator quote_sha256",
    "projects": "plan box group name",
}
OPERATORS = {"~", ">=", "<=", "range", "reach", "="}
KINDS = {"peak", "zero", "full_coverage", "phase_out", "delegated", "qualitative"}
AT_LEAST = {"以上", "不低于", "超过", "突破", "大于", "不少于"}
DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_QUOTE = 100


def read(table: str) -> list[Row]:
    path = files("xietong.plans") / "library" / f"{table}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


LIBRARY = {table: read(table) for table in TABLES}
PLANS = [row["plan"] for row in LIBRARY["documents"]]


def cell_list(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@pytest.mark.parametrize("table", TABLES)
def test_table_is_complete_and_its_keys_are_unique(table: str) -> None:
    rows = LIBRARY[table]
    assert rows
    assert list(rows[0]) == COLUMNS[table].split()
    keys = [tuple(row[column] for column in KEYS[table]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {row["plan"] for row in rows} <= set(PLANS)
    for row in rows:
        for cell in row.values():
            assert cell is not None and cell == cell.strip()
            assert all(cell_list(cell)), row  # no empty item in a list


@pytest.mark.parametrize("plan", PLANS)
def test_ids_of_headings_form_one_tree(plan: str) -> None:
    sections = {row["id"] for row in LIBRARY["sections"] if row["plan"] == plan}
    clauses = [row for row in LIBRARY["clauses"] if row["plan"] == plan]
    ids = {row["id"] for row in clauses}
    assert not sections & ids
    assert len({row["id_positional"] for row in clauses}) == len(clauses)
    for identifier in sections | ids:
        assert re.fullmatch(r"\d+(\.\d+){0,2}", identifier)
        parent = identifier.rpartition(".")[0]
        assert not parent or parent in sections
    for parent in {row["id_positional"].rpartition(".")[0] for row in clauses}:
        tails = [
            int(row["id_positional"].rpartition(".")[2])
            for row in clauses
            if row["id_positional"].rpartition(".")[0] == parent
        ]
        assert tails == list(range(1, len(tails) + 1))  # none forgotten


def test_every_clause_names_its_units_and_leads_are_among_them() -> None:
    for row in LIBRARY["clauses"]:
        units = cell_list(row["units"])
        assert units and len(set(units)) == len(units), row
        assert set(cell_list(row["lead"])) <= set(units)
        assert row["open_list"] in {"true", "false"}
        for unit in units:
            assert not re.search(r"负责|牵头|责任单位|[、，。（）()〔〕\s]|等$|等部门$", unit), row
        assert not row["heading"].endswith("。")


@pytest.mark.parametrize("table", ["targets", "milestones"])
def test_clause_of_a_record_exists(table: str) -> None:
    known = {(row["plan"], row["id"]) for row in LIBRARY["clauses"]}
    known |= {(row["plan"], row["heading"]) for row in LIBRARY["sections"]}
    assert {(row["plan"], row["clause"]) for row in LIBRARY[table]} <= known


def test_targets_use_known_words() -> None:
    for row in LIBRARY["targets"]:
        assert row["operator"] in OPERATORS
        assert row["direction"] in {"increase", "decrease", "level", ""}
        assert row["measure"] in {"increment", "annual_growth", ""}
        assert row["year"] in {"", "2025", "2030"}
        assert row["baseline_year"] in {"", "2005", "2020"}
        assert row["indicator"] and row["unit"]
        values = [float(value) for value in cell_list(row["value"])]
        assert len(values) == (2 if row["operator"] == "range" else 1)
        assert all(value > 0 for value in values)
        assert not (row["subject"] and row["subjects"])


def test_operator_agrees_with_the_hedges() -> None:
    for row in LIBRARY["targets"]:
        hedges = set(cell_list(row["hedge"]))
        assert (row["operator"] == "~") == ("左右" in hedges), row
        assert (row["operator"] == ">=") == bool(AT_LEAST & hedges), row


def test_milestone_kinds_are_known() -> None:
    for row in LIBRARY["milestones"]:
        assert row["kind"] in KINDS
        assert row["year"] in {"", "2025", "2030"}
        assert row["year"] or row["kind"] != "qualitative", row


def test_digests_are_digests() -> None:
    digests = [row["sha256"] for row in LIBRARY["documents"]]
    digests += [row["quote_sha256"] for row in LIBRARY["targets"] + LIBRARY["milestones"]]
    assert all(DIGEST.fullmatch(digest) for digest in digests)


def test_no_sentence_of_a_document_is_kept() -> None:
    for table in TABLES:
        for row in LIBRARY[table]:
            for cell in row.values():
                assert "。" not in cell, row


def fragments(text: str, wanted: set[str]) -> set[str]:
    """Which of the wanted digests belong to a fragment of the text."""
    found: set[str] = set()
    for start in range(len(text)):
        running = sha256()
        for character in text[start : start + LONGEST_QUOTE]:
            if character == "。":  # no quote goes beyond its sentence
                break
            running.update(character.encode())
            digest = running.hexdigest()
            if digest in wanted:
                found.add(digest)
    return found


@pytest.mark.parametrize("plan", PLANS)
def test_digests_agree_with_the_document(plan: str) -> None:
    folder = os.environ.get("XIETONG_PLANS")
    if not folder or not (path := Path(folder) / f"{plan}.txt").exists():
        pytest.skip(f"the document {plan} is not here (XIETONG_PLANS)")
    raw = path.read_bytes()
    (document,) = (row for row in LIBRARY["documents"] if row["plan"] == plan)
    assert document["sha256"] == sha256(raw).hexdigest()
    wanted = {
        row["quote_sha256"]
        for row in LIBRARY["targets"] + LIBRARY["milestones"]
        if row["plan"] == plan
    }
    assert wanted - fragments(re.sub(r"\s+", "", raw.decode()), wanted) == set()
