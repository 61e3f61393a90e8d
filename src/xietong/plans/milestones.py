"""Milestones: requirements without a number, or with none or all of something in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xietong.plans.model import Milestone, Target
from xietong.plans.phrases import strip_lead
from xietong.plans.targets import mask
from xietong.plans.years import year_marks

_SENTENCES = re.compile(r"[^。；;！？\n]+")
_HEDGE = r"(?:力争|争取|率先|提前|如期|按期|确保|基本|有序|稳步|尽早|全面|全部)*"


@dataclass(frozen=True)
class _Rule:
    kind: str
    words: tuple[str, ...]  # one of them stands in every match
    pattern: re.Pattern[str]


_TODO = r"(?:完成|达到|落实|执行)"
_RULES = (
    _Rule(
        "delegated",
        ("完成", "达到", "落实", "执行"),
        re.compile(
            rf"(?P<what>[^，。；]{{0,150}}?){_TODO}(?:国家|省|市|上级|自治区|中央)(?:级|委|政府)?(?:下达|分解|确定|规定|核定)(?:给|我[省市区县]|的)*(?P<late>[^，。；]{{0,150}}?)(?:控制目标|目标任务|约束性指标|考核目标|下降任务|任务指标|任务|目标|指标|要求)"
        ),
    ),
    _Rule(
        "delegated",
        ("责任权重", "责任目标"),
        re.compile(r"完成(?P<late>[^，。；]{2,20}(?:责任权重|责任目标))"),
    ),
    _Rule(
        "peak",
        ("达峰", "峰值"),
        re.compile(
            rf"(?P<what>[^，。；]{{0,150}}?){_HEDGE}(?:在)?(?P<year>20\d\d)年(?:底|末)?(?:以?前|左右)?{_HEDGE}(?:实现|达到)?(?:碳排放)?(?:碳?达峰|峰值)(?!行动方案|工作方案|实施方案|方案|目标定位)"
        ),
    ),
    _Rule(
        "peak",
        ("达峰", "达到峰值"),
        re.compile(
            r"(?P<what>[^，。；]{0,150}?)(?:(?:有序|率先|如期|提前|力争|尽早)+(?:实现)?(?:碳?达峰)|(?<!早日)实现碳达峰|达到峰值)(?!碳中和|奠定|目标提供)"
        ),
    ),
    _Rule(
        "zero",
        ("零",),
        re.compile(
            r"(?P<what>[^，。；]{0,150}?)(?:实现|维持|保持|达到)?(?P<late>[^，。；“”]{0,12})[“\"「](?P<zero>零(?:填埋|增长|排放|直排|新增|进口))[”\"」]"
        ),
    ),
    _Rule(
        "zero",
        ("零", "清零"),
        re.compile(
            r"(?P<what>[^，。；]{0,150}?)(?:实现|维持|保持|达到)(?P<late>[^，。；]{0,12}?)(?P<zero>零(?:填埋|增长|排放|直排|新增|进口)|动态清零|清零)"
        ),
    ),
    _Rule(
        "phase_out",
        ("退", "关", "淘汰", "清", "消除"),
        re.compile(
            r"(?P<what>[^，。；]{0,150}?)(?:实现)?(?:应退尽退|应关尽关|(?:基本|全部|全面|有序|整合|替代|关停|淘汰|关闭)*(?:全部|基本|全面)(?:[^，。；]{0,6}?)(?:退出|淘汰|关停|关闭|清零|出清|消除))(?:$|(?=[，。；]))"
        ),
    ),
    _Rule(
        "phase_out",
        ("全部", "全面", "基本"),
        re.compile(
            r"(?:全部|全面|基本)(?:关停淘汰|淘汰关停|淘汰|关停|关闭|退出|取缔|消除)(?P<late>[^，。；]{3,60})"
        ),
    ),
    _Rule(
        "phase_out",
        ("全部", "全面", "基本"),
        re.compile(
            r"(?:全部|全面|基本)完成(?P<late>[^，。；]{3,40}?)(?:淘汰|关停|退出|取缔)(?=$|[，。；])"
        ),
    ),
    _Rule(
        "phase_out",
        ("淘汰",),
        re.compile(
            r"(?:^|(?<=[，、]))淘汰(?P<late>[^，。；]{0,12}(?:范围内|建成区|以下)的?[^，。；]{2,30})"
        ),
    ),
    _Rule(
        "full_coverage",
        ("全覆盖", "应"),
        re.compile(
            r"(?P<what>[^。；]{0,300}?)(?:基本|全面|实现|达到|做到)*(?:全覆盖|应收尽收|应接尽接|应管尽管|应纳尽纳|应改尽改|应治尽治)"
        ),
    ),
    _Rule(
        "full_coverage",
        ("全部",),
        re.compile(
            r"(?P<what>[^，。；]{2,90}?)全部(?P<late>(?:实施|完成|实现|达到|建成|纳入|采用|使用|执行|安装|更换|更新)[^，。；]{0,30})"
        ),
    ),
    _Rule(
        "full_coverage",
        ("新建",),
        re.compile(
            r"(?P<what>新建[^，。；]{2,20}|[^，。；]{2,10}新建[^，。；]{2,12}?)全面(?P<late>(?:执行|达到|实施|落实)[^，。；]{2,30}?(?:标准|要求))"
        ),
    ),
)
_NOT_REQUIRED = re.compile(r"已(?:经)?(?:实现|完成|全部)|目前|截至")
_STATED = re.compile(
    r"(?:有序|稳步|逐步|持续|明显|大幅|显著|进一步|实现|呈现|基本|完成|建成|形成|建立|提升|提高|降低|减少|下降|增长|改善)"
)
_VISION = re.compile(r"取得|成效|体系|格局|水平|模式|局面|基础|经验|奠定|初步|进展|机制|能力")


def read_milestones(
    text: str,
    clause: str,
    targets: list[Target],
    *,
    goals: bool = False,
    year: int | None = None,
) -> Iterator[Milestone]:
    """All milestones of one clause or section; what already is a target is left out.

    The visions in a statement of ``goals`` are no qualitative milestones.
    """
    taken = [target.quote for target in targets]
    scope = year
    for match in _SENTENCES.finditer(mask(text)):
        masked, sentence = match.group(), text[match.start() : match.end()]
        marks = year_marks(sentence)
        found = False
        for start, end, milestone in _rules(sentence, masked, clause, scope):
            if not _covered(sentence[start:end], taken):
                found = True
                yield milestone
        if not found and not goals:
            for milestone in _qualitative(sentence, masked, clause, taken):
                found = True
                yield milestone
        governing = [mark.year for mark in marks if mark.by]
        if governing:
            scope = governing[-1]
        elif not goals and not found and not any(quote in sentence for quote in taken):
            scope = None


def _covered(quote: str, taken: list[str]) -> bool:
    return any(target in quote for target in taken)


def _rules(
    sentence: str, masked: str, clause: str, scope: int | None
) -> Iterator[tuple[int, int, Milestone]]:
    used: list[tuple[int, int]] = []
    for rule in _RULES:
        if not any(word in masked for word in rule.words):
            continue
        for found in rule.pattern.finditer(masked):
            if any(found.start() < end and start < found.end() for start, end in used):
                continue
            if _NOT_REQUIRED.search(found.group()):
                continue
            what = found.groupdict()
            year = (
                int(what["year"])
                if what.get("year")
                else _year(sentence, found.start(), found.end(), scope)
            )
            start, indicators = _name(rule.kind, found, sentence)
            used.append((found.start(), found.end()))
            for indicator in indicators:
                quote = sentence[start : found.end()].strip("，、")
                yield start, found.end(), Milestone(clause, year, rule.kind, indicator, quote)


def _year(sentence: str, start: int, end: int, scope: int | None) -> int | None:
    marks = [mark for mark in year_marks(sentence) if mark.start < end]
    return marks[-1].year if marks else scope


def _name(kind: str, found: re.Match[str], sentence: str) -> tuple[int, list[str]]:
    """Where the quote starts, and what the milestone is about."""
    groups = found.groupdict()
    what = (
        sentence[found.start("what") : found.end("what")] if groups.get("what") is not None else ""
    )
    what = re.sub(r"^.*(?:到|至)?20\d\d年(?:底|末)?(?:前)?[，,]?(?=.)", "", what)
    bare = strip_lead(what).strip('，、：的“”"时期间')
    late = (groups.get("late") or "").strip('“”"的')
    if kind == "peak":
        own = re.search(r"排放|消费|领域|行业|区县", bare)
        name = re.sub(r"(?:力争|争取|在)+$", "", bare) if own else "碳达峰"
        if not own:
            verb = re.search(
                r"(?:实现|达到)(?:20\d\d年(?:底|末)?(?:以?前)?)?(?:碳排放)?(?:碳?达峰|峰值)$",
                found.group(),
            )
            return (found.start() + verb.start() if verb else found.start()), ["碳达峰"]
        return found.start() + found.group().find(bare[:2]), [name]
    if kind == "zero":
        word = (groups.get("zero") or "").removeprefix("零")
        words = re.sub(r"(?:基本|实现|维持|保持|达到)+$", "", bare + late)
        name = re.sub(r"基本$", "", re.split(r"实现|维持|保持|达到", words)[-1])
        start = found.start() + max(found.group().find(bare[:3]), 0) if bare else found.start()
        return start, [f"{name}{word}" if word not in ("动态清零",) else name]
    if kind == "delegated" and bare and not late:
        name = re.sub(r"(?:降低|下降)$", "", bare)
        names = [
            re.sub(r"(?:降低|下降)$", "", part)
            for part in re.split(r"、|(?<=.{4})和(?=.{4})", name)
        ]
        names = [re.sub(r"(?:确保|力争|全面|努力|均|全部)+$", "", part) for part in names]
        return found.start() + found.group().find(bare[:2]), [part for part in names if part]
    if kind == "delegated":
        verb = re.search(r"完成|达到|落实|执行", found.group())
        return found.start() + (verb.start() if verb else 0), [re.sub(r"(?:下降|降低)$", "", late)]
    if kind == "full_coverage" and late:
        name = bare + re.sub(r"^(?:实施|完成|实现)", "", late)
        return found.start() + found.group().find(bare[:2]), [name]
    if kind == "full_coverage":
        return _coverage(found, sentence)
    name = bare or late
    start = found.start() + (found.group().find(bare[:2]) if bare else 0)
    return start, [re.sub(r"(?:基本|全部|实现)+$", "", name)]


def _coverage(found: re.Match[str], sentence: str) -> tuple[int, list[str]]:
    """全覆盖, 应收尽收: of what its own words name, or the words before where it names places only."""
    head = sentence[found.start() : found.end()]
    parts = head.split("，")
    own = re.sub(r"^对", "", parts[-1])
    at = found.end() - len(own)
    bare = re.sub(r"(?:基本|全面|实现|达到|做到|要|应|均)*(?:全覆盖|应.尽.)$", "", strip_lead(own))
    if own.endswith("全覆盖") and own.startswith(("实现", "做到")) and len(parts) > 1:
        before = strip_lead(re.sub(r"^(?:加快|推进|加强|强化)+", "", parts[-2]))
        before = re.sub(r"^(?:加快|推进|加强|强化)+", "", before)
        return head.rfind(before) + found.start(), [re.sub(r"(?:等)?建设$", "", before)]
    start = at + max(own.find(bare[:2]), 0)
    if own.startswith("实现"):
        start = at
    return start, [bare]


def _qualitative(sentence: str, masked: str, clause: str, taken: list[str]) -> Iterator[Milestone]:
    """A dated requirement about a nameable thing; visions (取得成效, 体系建立) are none."""
    marks = [
        mark
        for mark in year_marks(sentence)
        if mark.by or re.match(r"2\d{3}年", sentence[mark.start :])
    ]
    for at, mark in enumerate(marks):
        end = marks[at + 1].start if at + 1 < len(marks) else len(sentence)
        after_result = True
        for part in re.finditer(r"[^，。；]+", masked[mark.end : end]):
            start = mark.end + part.start()
            words = sentence[start : mark.end + part.end()]
            bare = re.sub(r"^(?:以?前|底前?|末|期间|时期|[”\"」])+", "", words)
            if not bare:
                continue
            if _covered(words, taken):
                after_result = True
                continue
            if not after_result or re.search(r"\d", bare):
                continue
            after_result = False
            if _VISION.search(bare) or not _STATED.search(bare) or "《" in bare:
                continue
            if len(bare) > 40 or re.search(r"达峰|^(?:严控|严格|合理控制|控制)", bare):
                continue
            bare = re.sub(r"^全[省市区县州]", "", bare)
            name = strip_lead(re.sub(r"(?:有序|稳步|逐步|持续|明显|大幅|显著)", "", bare))
            name = re.sub(
                r"(?:实现|保持)?(?:负增长|正增长|零增长)$|(?:减少|下降|提升|提高|增长|改善|降低|呈现增长|呈现)$|^(?:提升|提高|降低|减少|完成|建成)",
                "",
                name,
            )
            if len(name) >= 3:
                yield Milestone(clause, mark.year, "qualitative", re.sub(r"呈现$", "", name), bare)
