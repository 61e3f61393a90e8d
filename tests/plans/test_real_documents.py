"""The five real documents against tables written by reading them (``plans/library``)."""

from collections import Counter

import pytest
from plan_tables import LIBRARY, PLANS, as_cells, digest, real_plan, table

TARGET = ("clause", "year", "operator", "value", "unit", "baseline_year", "measure", "hedge")
CLAUSE = ("id", "id_positional", "heading", "units", "lead", "open_list")


@pytest.mark.parametrize("plan_id", PLANS)
def test_meta(plan_id: str) -> None:
    meta, row = real_plan(plan_id).meta, table(LIBRARY, "documents", plan_id)[0]
    assert (meta.title or "", meta.doc_number or "", "|".join(meta.issuers)) == (
        row["title"],
        row["doc_number"],
        row["issuers"],
    )
    assert (meta.issue_date or "", meta.region.adcode, meta.plan_type) == (
        row["issue_date"],
        row["adcode"],
        row["plan_type"],
    )
    cited = [(c.title, c.doc_number or "") for c in meta.cites]
    assert cited == [(r["title"], r["doc_number"]) for r in table(LIBRARY, "cites", plan_id)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("sections", ("id", "heading")),
        ("clauses", CLAUSE),
        ("projects", ("box", "group", "name")),
    ],
)
@pytest.mark.parametrize("plan_id", PLANS)
def test_every_record_is_right(plan_id: str, name: str, columns: tuple[str, ...]) -> None:
    got = [as_cells(record, columns) for record in getattr(real_plan(plan_id), name)]
    want = [tuple(row[column] for column in columns) for row in table(LIBRARY, name, plan_id)]
    assert got == want


@pytest.mark.parametrize("plan_id", PLANS)
def test_every_target_is_right_and_none_is_false(plan_id: str) -> None:
    """Subject and indicator are compared joined: where one ends and the other begins is taste."""
    got = Counter(
        (
            *as_cells(target, TARGET),
            "、".join([*target.subjects, target.subject or ""]).strip("、") + target.indicator,
            digest(target.quote),
        )
        for target in real_plan(plan_id).targets
    )
    want = Counter(
        (
            *(row[column] for column in TARGET),
            (row["subjects"] or row["subject"]).replace("|", "、") + row["indicator"],
            row["quote_sha256"],
        )
        for row in table(LIBRARY, "targets", plan_id)
    )
    assert got == want


@pytest.mark.parametrize("plan_id", PLANS)
def test_milestones(plan_id: str) -> None:
    got = Counter(
        (*as_cells(m, ("clause", "year", "kind", "indicator")), digest(m.quote))
        for m in real_plan(plan_id).milestones
    )
    want = Counter(
        (row["clause"], row["year"], row["kind"], row["indicator"], row["quote_sha256"])
        for row in table(LIBRARY, "milestones", plan_id)
    )
    assert got == want


@pytest.mark.parametrize("plan_id", PLANS)
def test_quotes_stand_in_their_clause(plan_id: str) -> None:
    plan = real_plan(plan_id)
    texts = {clause.id: clause.text for clause in plan.clauses}
    for record in (*plan.targets, *plan.milestones):
        if record.clause in texts:
            assert record.quote in texts[record.clause]
        assert not any(char.isspace() for char in record.quote)
