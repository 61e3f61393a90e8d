"""The messages of use cases: one table, two languages, Chinese first."""

import functools
import tomllib
from pathlib import Path
from typing import Any

from xietong import errors
from xietong.errors import XietongError

TABLE = Path(__file__).with_name("problems.toml")


def problem(kind: str, **facts: Any) -> XietongError:
    """The error for one cause, with its facts filled in.

    >>> print(problem("bad_page", limit=500))
    页码从 1 开始，每页 1 到 500 行。
      Pages count from 1; a page holds 1 to 500 rows.
    """
    words = _table()[kind]
    chinese, english = (words[key].format(**facts).strip() for key in ("zh", "en"))
    error: XietongError = getattr(errors, words["error"])(f"{chinese}\n  {english}")
    return error


def in_language(message: str, language: str) -> str:
    """One language of a message: English lines are those indented below the Chinese ones.

    A message of one language only is given back as it is.

    >>> in_language("没有。\\n  There is none.", "en")
    'There is none.'
    >>> in_language("没有。\\n  There is none.", "zh")
    '没有。'
    """
    lines = message.splitlines()
    english = [line.strip() for line in lines if line.startswith("  ")]
    chinese = [line for line in lines if not line.startswith("  ")]
    wanted = english if language == "en" else chinese
    return "\n".join(wanted) or message


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
