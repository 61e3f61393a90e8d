"""What must not change what is read: line breaks, page numbers, the width of marks; and no input harms."""

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plans_written import squeeze

from xietong.errors import DocumentError
from xietong.io.documents.model import Document, Source
from xietong.io.documents.txt import lines
from xietong.plans.model import Plan
from xietong.plans.parse import parse, parse_document
from xietong.plans.quantities import find_quantities

SAMPLE = (Path(__file__).parents[2] / "src/xietong/plans/sample/sample.txt").read_text("utf-8")
SHAPES = sorted((Path(__file__).parent / "shapes").glob("*.txt"))
few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def read(text: str) -> Plan:
    content = lines(Source("文.txt", text.encode()))
    return parse(Document("文.txt", "0" * 64, "txt", tuple(content.lines)))


def told(plan: Plan) -> dict[str, Any]:
    """All that a plan says, white space and the width of marks aside."""
    data = plan.as_dict()
    kept = ("meta", "sections", "clauses", "targets", "milestones", "projects")
    return {key: _plain(data[key]) for key in kept}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return squeeze(value).translate(str.maketrans("(),;:％〔〕[]—", "（），；：%（）（）－"))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


READ = told(read(SAMPLE))


def wrapped(text: str, width: int) -> str:
    """``text`` broken at a fixed width as a page is; rows of tables stay whole."""
    broken: list[str] = []
    for line in text.split("\n"):
        pieces = [line[at : at + width] for at in range(0, len(line), width)] or [""]
        broken += [line] if "\t" in line else pieces
    return "\n".join(line for line in broken if line.strip())


@few
@given(width=st.integers(20, 80))
def test_line_breaks_change_nothing(width: int) -> None:
    assert told(read(wrapped(SAMPLE, width))) == READ


@few
@given(
    every=st.integers(5, 40), style=st.sampled_from(["- {} -", "— {} —", "{}", "第{}页", "·{}·"])
)
def test_page_numbers_change_nothing(every: int, style: str) -> None:
    printed: list[str] = []
    for number, line in enumerate(wrapped(SAMPLE, 36).split("\n")):
        printed.append(line)
        if number % every == every - 1 and "\t" not in line:
            printed.append(style.format(number // every + 1))
    assert told(read("\n".join(printed))) == READ


MARKS = [("（", "("), ("）", ")"), ("，", ","), ("；", ";"), ("：", ":"), ("%", "％")]


@few
@given(seed=st.integers(0, 10**6))
def test_width_of_marks_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)
    other = dict(MARKS)
    # pairs of brackets go together; a comma between digits would be one of thousands
    changed = re.sub(
        r"[（）]|(?<!\d)，(?!\d)|[；：%]",
        lambda mark: other[mark[0]] if mark[0] in "（）" or chance.random() < 0.5 else mark[0],
        SAMPLE,
    )
    assert told(read(changed)) == READ


@few
@given(seed=st.integers(0, 10**6), space=st.sampled_from([" ", "\u3000", "\u00a0", "  "]))
def test_spaces_around_digits_change_nothing(seed: int, space: str) -> None:
    chance = random.Random(seed)

    def spaced(found: re.Match[str]) -> str:
        return f"{space}{found[0]}{space}" if chance.random() < 0.5 else found[0]

    changed = re.sub(r"(?<=[一-龥])\d+(?:\.\d+)?(?=[一-龥%])", spaced, SAMPLE)
    assert told(read(changed)) == READ


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_same_file_same_plan(path: Path) -> None:
    assert parse_document(path).as_dict() == parse_document(path).as_dict()


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_clause_ids_are_unique(path: Path) -> None:
    ids = [clause.id for clause in parse_document(path).clauses]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_a_quote_stands_in_its_clause_and_holds_its_value(path: Path) -> None:
    plan = parse_document(path)
    texts = {clause.id: squeeze(clause.heading + clause.text) for clause in plan.clauses}
    for target in plan.targets:
        if target.clause in texts:
            assert target.quote in texts[target.clause]
        values = target.value if isinstance(target.value, tuple) else (target.value,)
        numbers = [
            number
            for quantity in find_quantities(target.quote)
            if not target.unit or quantity.unit.replace("％", "%") == target.unit
            for number in (quantity.value, quantity.high)
        ]
        assert set(values) <= set(numbers), target


WORDS = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "①",
        "第一章",
        "到2025年，",
        "2030年前",
        "达到",
        "不低于",
        "20%",
        "3.5万吨",
        "以上",
        "左右",
        "分别",
        "、",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "市财政局",
        "牵头",
        "负责",
        "责任单位：",
        "非化石能源消费比重",
        "新增",
        "建成",
        "100家",
        "完成",
        "全部",
        "零填埋",
        "专栏1",
        "抄送：",
        "\n",
        "中",
        "的",
        "1",
        "%",
        "—",
        "≥",
        "或",
        "由",
        "从",
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(WORDS | st.text(max_size=6), max_size=120))
def test_garbage_is_read_or_refused(pieces: list[str]) -> None:
    try:
        plan = read("一、甲\n二、乙\n（一）丙。\n" + "".join(pieces))
    except DocumentError:
        return
    assert all(target.quote for target in plan.targets)


RUNS = "1|1%|（|）|（）|、|甲、|1、|10%、|，|甲，|碳|2025年|到2025年，|万|达到|“|《|《甲》|中|全部|的|—|1—|一|百分之|分别|建成|a|新增甲|和|：|；|1.|万吨|零填埋|等|100%执行|责任单位：|市财政局、|到2025年达到10%，|由|其中"
HEAD = "甲市碳达峰实施方案\n一、目标\n到2025年，占比达到20%。\n二、任务\n（一）推进甲。"
TAIL = (
    "（市财政局负责）\n（二）推进乙。做好。（市财政局负责）\n三、保障\n（一）领导。（市财政局负责）"
)


@pytest.mark.parametrize("piece", RUNS.split("|"))
def test_runs_cost_bounded_time(piece: str) -> None:
    """20 000 characters of one kind, whole or in sentences of just under the length of prose."""
    start = time.process_time()
    for run in (piece * (20_000 // len(piece)), (piece * (280 // len(piece)) + "。") * 20):
        read(HEAD + run + TAIL)
        read(HEAD + "（" + run + "）达到20%。" + TAIL)
    assert time.process_time() - start < 8  # seconds of this process; seen: under 1.5
