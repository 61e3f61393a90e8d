"""Devices that remove pollutants, and chains of them: ``esp+fgd_limestone``."""

from functools import cache

from xietong.errors import VocabularyError
from xietong.vocab.load import rows


@cache
def devices() -> dict[str, str]:
    """Each device by id and Chinese name.

    >>> devices()["静电除尘"]
    'esp'
    """
    return {
        name: row["device"] for row in rows("devices") for name in (row["device"], row["name_zh"])
    }


def chain(text: str) -> tuple[str, ...]:
    """The devices of a chain in flow order; ``VocabularyError`` for one that is not known.

    >>> chain("scr + esp + 石灰石石膏法")
    ('scr', 'esp', 'fgd_limestone')
    """
    parts = [part.strip() for part in text.replace("＋", "+").split("+")]
    unknown = [part for part in parts if part not in devices()]
    if unknown:
        raise VocabularyError(
            f"没有治理设施 {'、'.join(map(repr, unknown))}（no such device）。"
            f"可用 known: {'、'.join(sorted(set(devices().values())))}"
        )
    return tuple(devices()[part] for part in parts)
