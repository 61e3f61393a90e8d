"""Files that cannot be read: each gives a message that names the file, the fault and the remedy."""

import io
import re
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from xietong.errors import DocumentError
from xietong.io.documents import read, read_document
from xietong.io.documents.problems import TABLE

SAMPLE = Path(__file__).parents[2] / "src/xietong/plans/sample"
TEXT = (SAMPLE / "sample.txt").read_text(encoding="utf-8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def blank_pdf(password: str = "") -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    if password:
        writer.append(PdfReader(SAMPLE / "sample.pdf"))
        writer.encrypt(password)
    else:
        writer.add_blank_page(595, 842)
        writer.add_blank_page(595, 842)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def archive(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
        file.open("word/document.xml", "w") as part,
    ):
        for _ in range(310):
            part.write(bytes(1024 * 1024))
    return buffer.getvalue()


def garbled(wrong: str) -> bytes:
    return TEXT.encode().decode(wrong, errors="replace").encode()


# name, content, words that the message must hold
BAD: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("空.txt", b"", "空的"),
    ("空白.txt", b" \r\n\t\n", "空的"),
    ("只有标记.txt", b"\xef\xbb\xbf", "没有可读的文字"),
    ("压缩.txt", archive(a=b"x"), "压缩包"),
    ("程序.txt", b"MZ\x90\x00\x03" + bytes(200), "程序"),
    ("图片.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "图片（PNG）"),
    ("照片.pdf", b"\xff\xd8\xff\xe0" + bytes(100), "图片（JPEG）"),
    ("其实是pdf.txt", (SAMPLE / "sample.pdf").read_bytes(), "改为 .pdf"),
    ("其实是网页.txt", b"<!DOCTYPE html><html><body>x</body></html>", "改为 .html"),
    ("其实是文本.docx", TEXT.encode(), "改为 .txt"),
    ("其实是文本.pdf", TEXT.encode(), "改为 .txt"),
    ("其实是word.pdf", (SAMPLE / "sample.docx").read_bytes(), "改为 .docx"),
    ("二进制.txt", bytes(range(256)) * 20, "二进制"),
    ("控制符.txt", b"\x01\x02\x03\x04\x05\x06abc" * 50, "二进制"),
    ("旧版.doc", OLE + bytes(600), "另存为 .docx"),
    ("改名的旧版.docx", OLE + bytes(600), "旧版 Word"),
    ("加密.docx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "已加密"),
    ("版式.ofd", archive(a=b"x"), "OFD"),
    ("富文本.rtf", b"{\\rtf1 x}", "RTF"),
    ("表格.xlsx", archive(a=b"x"), "不认识的文件类型“.xlsx”"),
    ("没有扩展名", b"abc", "不认识的文件类型"),
    (
        "繁体.txt",
        "減污降碳協同增效實施方案，推動經濟社會發展全面綠色轉型。".encode("big5") * 20,
        "big5",
    ),
    ("无标记.txt", TEXT.encode("utf-16-le"), "utf-16-le"),
    (
        "坏字节.txt",
        TEXT.encode()[:3000] + b"\xff\xfe\xff" + TEXT.encode()[3000:],
        "编码无法辨认（第",
    ),
    ("半截.txt", b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1], "编码无法辨认"),
    ("乱码一.txt", lambda: garbled("latin-1"), "乱码"),
    ("乱码二.txt", lambda: garbled("gb18030"), "乱码"),
    ("乱码三.txt", ("锟斤拷" * 50).encode(), "乱码"),
    ("损坏.docx", (SAMPLE / "sample.docx").read_bytes()[:20000], "已损坏"),
    ("别的压缩包.docx", archive(a=b"x"), "word/document.xml"),
    ("坏部件.docx", archive(**{"word/document.xml": b"<x"}), "已损坏"),
    ("炸弹.docx", bomb, "解压后有 310 MB"),
    ("损坏.pdf", (SAMPLE / "sample.pdf").read_bytes()[:3000], "已损坏"),
    ("假的.pdf", b"%PDF-1.7\nnothing else", "已损坏"),
    ("扫描.pdf", blank_pdf, "没有文字层（共 2 页"),
    ("密码.pdf", lambda: blank_pdf("secret"), "已加密"),
    (
        "空壳.html",
        b"<html><head><title>x</title><script>go()</script></head><body></body></html>",
        "由脚本生成",
    ),
    ("空页.html", b"<html><body><nav>menu</nav></body></html>", "没有可读的文字"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[name for name, _, _ in BAD])
def test_message_names_file_fault_and_remedy(
    tmp_path: Path, name: str, content: bytes | Callable[[], bytes], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content())
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    chinese, english = str(caught.value).split("\n")
    assert chinese.startswith(f"{name}：") and words in chinese
    assert re.search("请", chinese)  # the remedy
    assert english.strip().startswith(f"{name}: ")


def test_missing_file_suggests_a_name(tmp_path: Path) -> None:
    (tmp_path / "济南方案.txt").write_text("一", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"是不是“济南方案\.txt”"):
        read_document(tmp_path / "济南方按.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="这是文件夹"):
        read_document(tmp_path)


def test_too_large_is_refused_before_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("was read"))
    with pytest.raises(DocumentError, match="101 MB，超过上限 100 MB"):
        read_document(path)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "锁.txt"
    path.write_text("一", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DocumentError, match=r"锁\.txt：文件打不开（Permission denied）"):
        read_document(path)


def test_every_problem_speaks_both_languages_and_is_used() -> None:
    problems = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    source = "".join(p.read_text(encoding="utf-8") for p in Path(read.__file__).parent.glob("*.py"))
    for kind, words in problems.items():
        assert set(words) == {"zh", "en"}
        assert f'"{kind}"' in source, f"{kind} is used nowhere"
