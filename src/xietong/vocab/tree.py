"""Vocabularies that are trees: a value stated for a class holds for what lies below it."""

from collections.abc import Mapping

ANY = "*"


def line(name: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """From a name up to ``*``; a name that is not in the tree has only ``*`` above it.

    >>> line("anthracite", {"anthracite": "coal", "coal": "*"})
    ('anthracite', 'coal', '*')
    >>> line("peat", {})
    ('peat', '*')
    """
    found = [name]
    while found[-1] != ANY:
        found.append(parents.get(found[-1], ANY))
    return tuple(found)
