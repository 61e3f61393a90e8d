"""Word: paragraphs, tables and text boxes in document order, automatic numbers written out.

Left out: headers, footers, footnotes, tracked deletions, hidden text, tables of contents.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from xietong.io.documents.clean import clean
from xietong.io.documents.model import Content, Line, Source
from xietong.io.documents.numbering import Numbering
from xietong.io.documents.problems import problem
from xietong.io.documents.table import Cell, Grid

UNPACKED_LIMIT_MB = 300
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# passed through to reach the runs inside; deletions (w:del, w:moveFrom) are not among them
CONTAINERS = {
    W + tag
    for tag in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
    )
}


def lines(source: Source) -> Content:
    """One ``Line`` per paragraph (or part of one, at soft line breaks) and per row of a table."""
    check_zip(source)
    document = _open(source)
    numbering = Numbering(document)
    reader = _Reader(numbering, _Styles(document))
    return Content(list(reader.block(document.element.body)))


def check_zip(source: Source) -> None:
    """Refuse what is not a whole Word file, or unpacks to more than the limit."""
    try:
        with ZipFile(BytesIO(source.data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise problem("damaged_docx", source.name, reason=str(error)) from error
    size = sum(entry.file_size for entry in entries) // 1024 // 1024
    if size > UNPACKED_LIMIT_MB:
        raise problem("zip_bomb", source.name, size_mb=size, limit_mb=UNPACKED_LIMIT_MB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise problem("encrypted_docx", source.name)
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise problem("damaged_docx", source.name, reason="没有 word/document.xml")


def _open(source: Source) -> Any:
    import docx

    try:
        return docx.Document(BytesIO(source.data))
    except Exception as error:  # python-docx and lxml raise many kinds for damaged parts
        raise problem("damaged_docx", source.name, reason=type(error).__name__) from error


class _Styles:
    """Which paragraph styles are headings or tables of contents."""

    def __init__(self, document: Any) -> None:
        self.styles = {style.style_id: style for style in document.styles if style.style_id}

    def kind(self, paragraph: Any) -> str:
        """``heading``, ``toc`` or ``text``."""
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            return "heading" if int(outline.get(W + "val", 9)) < 9 else "text"
        style_id = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(style_id.get(W + "val")) if style_id is not None else None
        for _ in range(10):
            if style is None:
                break
            name = (style.name or "").lower()
            if name.startswith("toc"):
                return "toc"
            level = style.element.find(f"{W}pPr/{W}outlineLvl")
            if name.startswith(("heading", "标题", "title")) or (
                level is not None and int(level.get(W + "val", 9)) < 9
            ):
                return "heading"
            style = getattr(style, "base_style", None)
        return "text"


class _Reader:
    """Walks the body; counts tables and remembers empty paragraphs."""

    def __init__(self, numbering: Numbering, styles: _Styles) -> None:
        self.numbering, self.styles = numbering, styles
        self.tables, self.blank, self.started = 0, False, False

    def block(self, parent: Any) -> Iterator[Line]:
        for child in parent:
            if child.tag == W + "p":
                yield from self.paragraph(child)
            elif child.tag == W + "tbl":
                yield from self.table(child)
            elif child.tag == W + "sdt":
                if child.find(f"{W}sdtPr/{W}docPartObj") is None:  # a table of contents has one
                    yield from self.block(child.findall(f"{W}sdtContent/*"))
            elif child.tag in {W + "ins", W + "customXml", W + "moveTo"}:
                yield from self.block(child)

    def paragraph(self, paragraph: Any) -> Iterator[Line]:
        kind = self.styles.kind(paragraph)
        if kind == "toc":
            return
        number = self.numbering.of(paragraph)
        printed = [part.rstrip() for part in clean(run_text(paragraph)).split("\n")]
        if number and any(printed):
            printed[0] = number + printed[0].lstrip()
        for text in printed:
            if text.strip():
                yield Line(
                    text,
                    kind="heading" if kind == "heading" else "text",
                    after_blank=self.blank and self.started,
                )
                self.started = True
            self.blank = not text.strip()
        for box in _boxes(paragraph):
            yield from self.block(box)

    def table(self, table: Any) -> Iterator[Line]:
        self.tables += 1
        grid = Grid(self.tables)
        for number, row in enumerate(_rows(table)):
            column = _skipped(row)
            for cell in _children(row, "tc"):
                width = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                continued = merge is not None and merge.get(W + "val", "continue") != "restart"
                inner = list(self.block(cell))
                text = "" if continued else "\n".join(line.text for line in inner)
                grid.put(number, Cell(column, width, text, continued))
                column += width
        yield from grid.lines(page=None)


def run_text(paragraph: Any) -> str:
    """The visible text of a paragraph; ``\\n`` for a soft line break."""
    parts: list[str] = []
    for child in paragraph:
        if child.tag == W + "r":
            parts.extend(_run(child))
        elif child.tag in CONTAINERS:
            parts.append(run_text(child))
    return "".join(parts)


def _run(run: Any) -> Iterator[str]:
    hidden = run.find(f"{W}rPr/{W}vanish")
    if hidden is not None and hidden.get(W + "val", "true") not in {"0", "false"}:
        return
    for child in run:
        tag = child.tag
        if tag == W + "t":
            yield child.text or ""
        elif tag in {W + "br", W + "cr"}:
            yield "\n"
        elif tag in {W + "tab", W + "ptab"}:
            yield "\t"
        elif tag == W + "noBreakHyphen":
            yield "-"


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes anchored here (专栏 are often drawn so), each once, not the old-reader copy."""
    for box in paragraph.iter(W + "txbxContent"):
        ancestors = list(box.iterancestors())
        ancestors = ancestors[: ancestors.index(paragraph)]
        if not any(node.tag in {FALLBACK, W + "txbxContent"} for node in ancestors):
            yield box


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Children of a kind, also inside content controls; deleted ones (tracked) left out."""
    for child in parent:
        if child.tag == W + tag:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag == W + "sdt":
            yield from _children(child.findall(f"{W}sdtContent/*"), tag)
        elif child.tag in {W + "ins", W + "customXml"}:
            yield from _children(child, tag)


def _rows(table: Any) -> Iterator[Any]:
    return _children(table, "tr")


def _skipped(row: Any) -> int:
    return _number(row.find(f"{W}trPr/{W}gridBefore"), 0)


def _number(node: Any, default: int) -> int:
    return default if node is None else int(node.get(W + "val", default))
