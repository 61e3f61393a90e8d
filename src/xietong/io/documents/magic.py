"""Does the content fit the name? Told by the first bytes, before a reader opens the file."""

from xietong.io.documents.model import Source
from xietong.io.documents.problems import problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

# first bytes → (Chinese name, English name, the ending it should have, if we read it)
SIGNATURES: tuple[tuple[bytes, str, str, str | None], ...] = (
    (b"%PDF-", " PDF ", "a PDF", ".pdf"),
    (b"PK\x03\x04", "压缩包或 Word 文件", "a zip archive or Word file", ".docx"),
    (b"PK\x05\x06", "空的压缩包", "an empty zip archive", None),
    (OLE, "旧版 Office（.doc、.xls）或加密文件", "a legacy or encrypted Office file", None),
    (b"{\\rtf", " RTF ", "RTF", None),
    (b"Rar!\x1a\x07", "压缩包（RAR）", "a RAR archive", None),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", "a 7z archive", None),
    (b"\x1f\x8b", "压缩包（gzip）", "a gzip archive", None),
    (b"MZ", "程序（exe）", "a program (exe)", None),
    (b"\x7fELF", "程序", "a program", None),
    (b"\x89PNG\r\n", "图片（PNG）", "a picture (PNG)", None),
    (b"\xff\xd8\xff", "图片（JPEG）", "a picture (JPEG)", None),
    (b"GIF8", "图片（GIF）", "a picture (GIF)", None),
    (b"BM", "图片（BMP）", "a picture (BMP)", None),
    (b"II*\x00", "图片（TIFF）", "a picture (TIFF)", None),
    (b"MM\x00*", "图片（TIFF）", "a picture (TIFF)", None),
)
ALSO_TEXT = (b"MZ", b"BM")  # could open a plain text as well: believed only beside binary bytes


def check_content(source: Source, suffix: str) -> None:
    """Raise ``DocumentError`` where the first bytes belong to another kind of file than ``suffix``."""
    expected = ".html" if suffix == ".htm" else suffix
    if expected == ".docx" and source.data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in source.data
        raise problem("encrypted_docx" if encrypted else "legacy_doc", source.name)
    if expected == ".pdf" and b"%PDF-" in source.data[:1024]:
        return
    if expected == ".docx" and source.data.startswith(ZIP):
        return
    head = source.data[:4096]
    for signature, chinese, english, ending in SIGNATURES:
        if head.startswith(signature) and (signature not in ALSO_TEXT or b"\0" in head):
            raise _wrong(source.name, suffix, chinese, english, ending)
    if expected in {".pdf", ".docx"}:
        raise _wrong(source.name, suffix, *_as_text(head))
    if expected == ".txt" and _as_text(head)[2] == ".html":
        raise _wrong(source.name, suffix, *_as_text(head))


def _as_text(head: bytes) -> tuple[str, str, str | None]:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "网页（HTML）", "a web page (HTML)", ".html"
    if b"\0" in head:
        return "无法辨认的二进制数据", "unknown binary data", None
    return "纯文本或别的数据", "plain text or other data", ".txt"


def _wrong(name: str, suffix: str, chinese: str, english: str, ending: str | None) -> Exception:
    remedy = f"如果内容确实如此，请把扩展名改为 {ending}。" if ending else "请给出原始的规划文件。"
    remedy_en = (
        f"If it really is, rename it to {ending}." if ending else "Give the original document."
    )
    return problem(
        "wrong_content",
        name,
        suffix=suffix,
        found=chinese,
        found_en=english,
        remedy=remedy,
        remedy_en=remedy_en,
    )
