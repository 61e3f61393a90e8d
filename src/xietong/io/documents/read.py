"""The door: which format a file has, and whether it may be read at all."""

import difflib
import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from xietong.io.documents.magic import check_content
from xietong.io.documents.model import Content, Document, Source
from xietong.io.documents.problems import problem

LIMIT_MB = 100

FORMATS = {
    ".txt": "txt",
    ".docx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
}
"""File name ending → module of this package."""

REFUSED = {".doc": "legacy_doc", ".wps": "legacy_doc", ".ofd": "ofd", ".rtf": "rtf"}


def read_document(path: str | Path) -> Document:
    """Read a plan document into lines, whatever its format.

    Parameters
    ----------
    path
        A .txt (UTF-8, GB18030, UTF-16 with BOM), .docx, .pdf (with a text layer) or .html file of at
        most 100 MB.

    Returns
    -------
    The document with its lines in reading order; blank lines are left out, but leave a trace in
    ``Line.after_blank``. Raises ``DocumentError`` where the file cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "方案.txt"
    >>> _ = path.write_text("一、总体要求\\n\\n到2030年达峰。", encoding="gb18030")
    >>> [(line.text, line.after_blank) for line in read_document(path).lines]
    [('一、总体要求', False), ('到2030年达峰。', True)]
    """
    path = Path(path)
    format_ = _format(path)
    source = Source(path.name, _bytes(path))
    check_content(source, path.suffix.lower())
    reader: Callable[[Source], Content] = import_module(f"xietong.io.documents.{format_}").lines
    content = reader(source)
    if not any(line.text.strip() for line in content.lines):
        raise problem("no_text", path.name, hint="", hint_en="")
    return Document(
        name=path.name,
        sha256=hashlib.sha256(source.data).hexdigest(),
        format=format_,
        lines=tuple(content.lines),
        warnings=tuple(content.warnings),
    )


def _format(path: Path) -> str:
    if path.is_dir():
        raise problem("folder", path.name or str(path))
    if not path.exists():
        raise problem("missing", str(path), **_similar(path))
    suffix = path.suffix.lower()
    if suffix in REFUSED:
        raise problem(REFUSED[suffix], path.name)
    if suffix not in FORMATS:
        formats = "、".join(FORMATS)
        raise problem("unknown_format", path.name, suffix=suffix or path.name, formats=formats)
    return FORMATS[suffix]


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMIT_MB * 1024 * 1024:
            size_mb = round(size / 1024 / 1024)
            raise problem("too_large", path.name, size_mb=size_mb, limit_mb=LIMIT_MB)
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problem("unreadable", path.name, reason=reason) from error
    if not data.strip():
        raise problem("empty", path.name)
    return data


def _similar(path: Path) -> dict[str, str]:
    """A name in the same folder that may have been meant."""
    folder = path.parent
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, n=1)
    if not close:
        return {"hint": "", "hint_en": ""}
    return {"hint": f"（是不是“{close[0]}”？）", "hint_en": f" (did you mean '{close[0]}'?)"}
