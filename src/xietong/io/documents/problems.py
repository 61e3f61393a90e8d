"""The messages of ``DocumentError``: what is wrong with a file and how to mend it."""

import tomllib
from pathlib import Path
from typing import Any

from xietong.errors import DocumentError

TABLE = Path(__file__).with_name("problems.toml")


def problem(kind: str, name: str, **facts: Any) -> DocumentError:
    """The error for one file, Chinese first, then English.

    >>> print(problem("empty", "方案.txt"))
    方案.txt：文件是空的。请确认下载或保存已完成。
      方案.txt: the file is empty. Check that the download or the saving was completed.
    """
    words = tomllib.loads(TABLE.read_text(encoding="utf-8"))[kind]
    chinese, english = (words[key].format(name=name, **facts) for key in ("zh", "en"))
    return DocumentError(f"{name}：{chinese}\n  {name}: {english}")
