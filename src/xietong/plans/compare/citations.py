"""Conflicts of citations: another edition of a document, another number for one title."""

import re
from collections.abc import Iterator
from itertools import product

from xietong.plans.compare.model import Conflict, Severity, Side
from xietong.plans.model import Citation, Meta, Plan

_EDITION = re.compile(
    r"(?P<edition>[（(](?:试行|暂行|修订|征求意见稿|\d{4}年?(?:版|修订)?)[）)]|[一二三四五六七八九十]+条)$"
)


def citation_conflicts(left: Plan, right: Plan) -> Iterator[Conflict]:
    """Documents that both plans cite, one of them in another edition or under another number."""
    for one, other in product(_cited(left.meta), _cited(right.meta)):
        base, edition = _split(one.title)
        other_base, other_edition = _split(other.title)
        if base != other_base:
            continue
        severity: Severity = "low"
        said = edition, other_edition
        if edition == other_edition:
            severity = "medium"
            said = one.doc_number or "", other.doc_number or ""
            if "" in said or said[0] == said[1]:
                continue
        sides = [
            Side(words or "未注明版本", "", None, _clause_of(plan, citation), citation.title)
            for words, plan, citation in zip(said, (left, right), (one, other), strict=True)
        ]
        yield Conflict("citation", severity, base, None, sides[0], sides[1], "citation")


def _cited(meta: Meta) -> list[Citation]:
    """What a plan cites, and itself under its own number."""
    own = [Citation(meta.title, meta.doc_number)] if meta.title and meta.doc_number else []
    return list(dict.fromkeys([*own, *meta.cites]))


def _split(title: str) -> tuple[str, str]:
    """Title without its edition, and the edition.

    >>> _split("公民生态环境行为规范（试行）"), _split("公民生态环境行为规范十条")
    (('公民生态环境行为规范', '（试行）'), ('公民生态环境行为规范', '十条'))
    """
    found = _EDITION.search(title)
    return (title[: found.start()], found["edition"]) if found else (title, "")


def _clause_of(plan: Plan, citation: Citation) -> str:
    """The clause that names the document; '' where it stands before the clauses, or without text."""
    return next((clause.id for clause in plan.clauses if citation.title in clause.text), "")
