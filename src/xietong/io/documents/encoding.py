"""From bytes to text: strict, because a wrongly decoded plan gives wrong names and numbers."""

import re
from collections.abc import Sequence

from xietong.errors import DocumentError
from xietong.io.documents.model import Source
from xietong.io.documents.problems import problem

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
HAN = re.compile("[\u3400-\u9fff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
SAMPLE = 20_000  # characters looked at
COMMON_SHARE = (
    0.8  # of the Chinese characters of a GB18030 text are among the 3755 of GB 2312 level 1
)


def decode(source: Source, declared: Sequence[str] = ()) -> str:
    """The text of a file: by BOM, else as ``declared``, UTF-8 or GB18030, whichever decodes strictly.

    Raises ``DocumentError`` for binary data, an unknown encoding, or text that was garbled before.
    """
    for mark, encoding in BOMS:
        if source.data.startswith(mark):
            return _checked(source, _strict(source, source.data[len(mark) :], encoding))
    if b"\0" in source.data:
        raise _no_encoding(source) if _guess(source.data) else problem("binary", source.name)
    for encoding in (*declared, "utf-8", "gb18030"):
        try:
            text = source.data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "utf-8" or common_share(text) >= COMMON_SHARE:
            return _checked(source, text)
    raise _no_encoding(source)


def common_share(text: str) -> float:
    """Share of the Chinese characters that are common ones; 1 where there are none.

    >>> common_share("减污降碳协同增效"), common_share("鍑忔薄闄嶇⒊") < 0.5
    (1.0, True)
    """
    characters = HAN.findall(text[:SAMPLE])
    if not characters:
        return float(text.isascii())
    return sum(map(_is_common, characters)) / len(characters)


def _is_common(character: str) -> bool:
    code = character.encode("gb2312", errors="ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _checked(source: Source, text: str) -> str:
    sample = text[:SAMPLE]
    if len(CONTROL.findall(sample)) > len(sample) / 1000 + 2:
        raise problem("binary", source.name)
    if is_garbled(sample):
        raise problem("mojibake", source.name, sample="")
    return text


def is_garbled(text: str) -> bool:
    """Was the text once decoded wrongly and saved? Told by undoing it.

    >>> is_garbled("到2025年，减污降碳"), is_garbled("到2025年，减污降碳".encode().decode("latin-1"))
    (False, True)
    """
    if text.count("\ufffd") > len(text) / 1000 or "锟斤拷" in text:
        return True
    runs = re.findall("[^\x00-\x7f]{8,}", text)[:200]
    if not runs:
        return False
    undone = sum(
        any(_undo(run, wrong) for wrong in ("gb18030", "cp1252", "latin-1")) for run in runs
    )
    return undone > len(runs) / 4


def _undo(text: str, wrong: str) -> bool:
    """Is the text UTF-8 that was read as ``wrong``? A broken character at either end is forgiven."""
    try:
        data = text.encode(wrong)
    except UnicodeEncodeError:
        return False
    undone = data.decode("utf-8", errors="ignore")
    return len(HAN.findall(undone)) >= 2 and len(undone.encode()) >= len(data) - 6


def _strict(source: Source, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_encoding(source) from error


def _guess(data: bytes) -> str:
    """An encoding that we do not read but that would fit."""
    head = data[:SAMPLE]
    for encoding in ("utf-16-le", "utf-16-be", "big5", "shift_jis", "euc_kr"):
        text = head.decode(encoding, errors="ignore")
        usual = re.findall("[\u3002\u3001\uff0c\u7684\u4e00\u5e74\n]", text)
        if len(usual) > len(text) / 50 and len(text.encode(encoding)) >= len(head) - 2:
            return encoding
    return ""


def _no_encoding(source: Source) -> DocumentError:
    guess = _guess(source.data)
    where, where_en = "", ""
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        where, where_en = f"（第 {line} 行起不是 UTF-8）", f" (not UTF-8 from line {line} on)"
    return problem(
        "encoding",
        source.name,
        where=where,
        where_en=where_en,
        guess=f"，而它像是 {guess}" if guess else "",
        guess_en=f"; it looks like {guess}" if guess else "",
    )
