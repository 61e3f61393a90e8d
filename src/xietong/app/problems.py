"""The messages of use cases: one table, two languages, Chinese first."""

import functools
import re
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
    """One language of a message: its English lines are indented below the Chinese ones.

    Chinese may go on in indented lines as well. A message of one language only, and one that lists
    the problems of a table (each line in both languages), is given back as it is.

    >>> in_language("没有。\\n  There is none.", "en")
    'There is none.'
    >>> in_language("没有。\\n  请看 a.txt。\\n  There is none.", "en")
    'There is none.'
    >>> in_language("没有。\\n  请看 a.txt。\\n  There is none.", "zh")
    '没有。\\n请看 a.txt。'
    """
    lines = message.splitlines()
    if any(line.startswith("  - ") for line in lines):
        return message
    english = [line.strip() for line in lines if _is_english(line)]
    chinese = [line.strip() for line in lines if not _is_english(line)]
    wanted = english if language == "en" else chinese
    return "\n".join(wanted) or message


def _is_english(line: str) -> bool:
    """Whether an indented line is the English: by how it ends, else by its letters and marks."""
    if not line.startswith("  "):
        return False
    if line.rstrip().endswith((".", "?", "!", ")", ";")):
        return True
    han = len(re.findall("[\u4e00-\u9fff]", line))
    latin = len(re.findall("[A-Za-z]", line))
    return latin > 2 * han and not re.search("[，。；：、（）]", line)


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
