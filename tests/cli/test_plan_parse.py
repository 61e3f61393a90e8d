"""``xietong plan parse`` from the outside: what it prints, and what it says of files it cannot use."""

import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

SAMPLE = Path(str(files("xietong") / "plans" / "sample"))
TEXT = (SAMPLE / "sample.txt").read_text(encoding="utf-8")
KEYS = {
    "meta": "title doc_number issuers issue_date region plan_type cites",
    "sections": "id heading text",
    "clauses": "id id_positional heading text units lead open_list",
    "targets": "clause year indicator indicator_id subject subjects operator value unit baseline_year "
    "direction measure hedge quote",
    "milestones": "clause year kind indicator quote",
    "projects": "box group name",
}
MAIN = "from xietong.cli.main import main; main()"
NEWS = (
    """某市召开绿色低碳发展推进会

本报讯 昨日，某市召开绿色低碳发展推进会。会议指出，近年来全市空气质量优良天数比例提高到85%，新能源汽车保有量达到3万辆。

会议强调，要坚定信心，乘势而上。与会人员还参观了两家企业。
"""
    * 3
)
PRICES = "品名\t单价（元）\t数量\n" + "".join(
    f"光伏组件{n}号\t{n}.5\t{n}00\n" for n in range(1, 60)
)


def parse(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", MAIN, "plan", "parse", *map(str, words)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", env=environment, timeout=120
    )


def pdf(password: str = "") -> bytes:
    """Two pages without text, or the sample under a password."""
    from pypdf import PdfReader, PdfWriter

    writer, buffer = PdfWriter(), io.BytesIO()
    if password:
        writer.append(PdfReader(SAMPLE / "sample.pdf"))
        writer.encrypt(password)
    else:
        writer.add_blank_page(595, 842)
        writer.add_blank_page(595, 842)
    writer.write(buffer)
    return buffer.getvalue()


BAD = {
    "空白.txt": (b"", "空的"),
    "二进制.txt": (bytes(range(256)) * 30, "二进制"),
    "扫描件.pdf": (pdf(), "OCR"),
    "加密.pdf": (pdf("secret"), "密码"),
    "乱码.txt": (TEXT.encode("utf-16-le"), "utf-16-le"),
    "新闻.txt": (NEWS.encode(), "层级标题"),
    "价目表.txt": (PRICES.encode(), "层级标题"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file(name: str, tmp_path: Path) -> None:
    data, word = BAD[name]
    (tmp_path / name).write_bytes(data)
    result = parse(tmp_path / name, "--json")
    assert result.returncode == 1
    assert result.stdout == ""
    assert name in result.stderr
    assert word in result.stderr
    assert "Traceback" not in result.stderr
    assert "请" in result.stderr  # what to do next


def test_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "巨大.txt"
    with path.open("wb") as file:
        file.truncate(101 * 1024 * 1024)  # sparse: takes no room
    result = parse(path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "巨大.txt" in result.stderr
    assert "100 MB" in result.stderr


def test_missing_file(tmp_path: Path) -> None:
    result = parse(tmp_path / "没有.txt", "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert "没有.txt" in result.stderr


def test_one_file_is_an_object_with_exactly_these_keys() -> None:
    result = parse(SAMPLE / "sample.txt", "--json")
    assert result.returncode == 0
    plan = json.loads(result.stdout)
    assert set(KEYS) | {"warnings", "source", "sha256"} == set(plan)
    assert set(plan["meta"]) == set(KEYS["meta"].split())
    assert set(plan["meta"]["region"]) == {"adcode", "name", "level"}
    assert all(set(cited) == {"title", "doc_number"} for cited in plan["meta"]["cites"])
    for table in KEYS.keys() - {"meta"}:
        assert plan[table], table
        assert all(set(row) == set(KEYS[table].split()) for row in plan[table]), table


def test_several_files_are_a_list_in_the_order_given() -> None:
    names = ["sample.pdf", "sample.txt", "sample.docx"]
    result = parse(*(SAMPLE / name for name in names), "--json")
    assert result.returncode == 0
    plans = json.loads(result.stdout)
    assert [plan["source"] for plan in plans] == names
    assert plans[0]["targets"] == plans[1]["targets"]


@pytest.mark.parametrize("how", ["--json", "--csv", None])
def test_one_bad_among_good_ones(how: str | None, tmp_path: Path) -> None:
    """The good ones are printed whole, the bad one is named, and the exit status tells."""
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"")
    words = [SAMPLE / "sample.txt", bad, SAMPLE / "sample.html"]
    result = parse(*words, *([how] if how else []))
    assert result.returncode == 1
    assert "坏.txt" in result.stderr
    assert "坏.txt" not in result.stdout
    assert "Traceback" not in result.stderr
    if how == "--json":
        assert [plan["source"] for plan in json.loads(result.stdout)] == [
            "sample.txt",
            "sample.html",
        ]


def test_text_and_csv_show_the_targets() -> None:
    shown = parse(SAMPLE / "sample.txt")
    assert shown.returncode == 0
    assert "云汀市减污降碳协同增效实施方案" in shown.stdout
    rows = parse(SAMPLE / "sample.txt", "--csv", "--table", "clauses").stdout.lstrip("\ufeff")
    assert rows.splitlines()[0].startswith("plan,id,id_positional,heading,units,lead,open_list")
