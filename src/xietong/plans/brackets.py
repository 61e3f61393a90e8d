"""The responsibility bracket: who leads, who takes part, whether the list is open."""

import re
from dataclasses import dataclass

from xietong.plans.phrases import split_list
from xietong.vocab.departments import function_of, repair

_OPEN = "（(〔[【"
_CLOSE = "）)〕]】"
_SAYS_SO = re.compile(
    r"责任(?:单位|部门|分工)|牵头|负责|(?:配合|参与|参加|协同)(?:单位|部门)|主管部门"
)
_LABEL = re.compile(
    r"(?:责任|主责|牵头|配合|参与|参加|协同|落实)(?:责任)?(?:单位|部门|分工)?(?:及部门)?[：:]"
)
_LEAD_LABEL = re.compile(r"(?:牵头|主责)(?:责任)?(?:单位|部门)?[：:]")
_DUTY = re.compile(
    r"(?:按照?(?:各自)?职责(?:分工)?|分工|共同|分别|具体|配合|参与|组织)*(?:负责|落实|配合|参与|实施)(?:落实)?$"
)
_OPEN_END = re.compile(
    r"等(?:市级|省级|县级|区级)?(?:有关|相关)?(?:部门单位|(?:部门|单位)(?:[和及与、](?:部门|单位))?)?$"
)
_PLACES = r"(?:县|区|市|镇|乡|街道|功能区|开发区|园区)(?:[（(][^（）()]*[）)])?"
_AFTERWORD = re.compile(r"[。；](?:以下|以上|下同|不再)[^。]*$")
_DEFINITION = re.compile(r"[（(](?:以下|下同|下称|含|包括)[^（）()]*[）)]")
_ORGANISATION = re.compile(
    r"(?:厅|局|委|办|办公室|委员会|政府|部门|单位|中心|银行|分行|支行|公司|管委会|集团|学院|党校|总工会|妇联|团委|团市委|团省委|部|院|协会|段|机构|检察院|法院|开发区|街道|乡镇)$"
)


@dataclass(frozen=True)
class Responsibility:
    """The units of a bracket in printed order; ``repaired`` names copying slips that were mended."""

    units: tuple[str, ...]
    lead: tuple[str, ...]
    open_list: bool
    repaired: tuple[str, ...] = ()


def find_brackets(text: str) -> list[tuple[int, int]]:
    """Spans of the responsibility brackets in ``text``, inner brackets counted."""
    spans, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            if depth == 0:
                start = at
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
            closed = _stands_apart(text, start, at + 1)
            if depth == 0 and _is_responsibility(text[start + 1 : at], apart=closed):
                spans.append((start, at + 1))
    if depth and _LABEL.match(text[start + 1 :]):  # never closed
        spans.append((start, len(text)))
    return spans


def find_line(text: str) -> tuple[int, int] | None:
    """Span of 责任单位：… at the end of ``text`` where it stands without a bracket.

    >>> find_line("抓好落实。责任单位：市发展改革委、市财政局。")
    (5, 22)
    """
    found = re.search(
        r"(?:^|(?<=[。；！”）)]))(?:牵头|责任|主责)(?:责任)?(?:单位|部门)[：:][^。]*。?$", text
    )
    return (found.start(), len(text)) if found else None


def _stands_apart(text: str, start: int, end: int) -> bool:
    """True where the bracket stands behind a sentence, not inside one."""
    return (start == 0 or text[start - 1] in "。；！？\n") and (
        end == len(text) or text[end] in "。；\n"
    )


def _is_responsibility(inner: str, *, apart: bool) -> bool:
    """Does the bracket name units? Without 责任单位 or 负责 only where it stands behind a sentence."""
    if len(inner) > 600 or re.match(r"(?:以下|下同|含|包括|除|不含|注)", inner):
        return False
    if _LABEL.match(inner):
        return True
    plain = _DUTY.sub("", inner)
    names = [_OPEN_END.sub("", name) for name in re.split(r"[、，,；;]", plain) if name]
    names = [name for name in names if name]
    if not names:
        return False
    known = sum(1 for name in names if looks_like_unit(name))
    if _SAYS_SO.search(inner):
        return known > 0 and (apart or len(names) > 1 or bool(_DUTY.search(inner)))
    return apart and known == len(names)


def opens_with_units(line: str) -> bool:
    """True for a line that opens a bracket of units, closed or broken off at the line's end.

    >>> opens_with_units("（市科技局牵头，市发展改革"), opens_with_units("（虚构）")
    (True, False)
    """
    if line[:1] not in tuple(_OPEN):
        return False
    if find_brackets(line)[:1] == [(0, len(line.rstrip("。")))]:
        return True
    first = re.split(r"[、，,]|牵头", line[1:])[0]
    return not any(mark in line for mark in _CLOSE) and (
        bool(_LABEL.match(line[1:])) or looks_like_unit(first)
    )


def looks_like_unit(name: str) -> bool:
    name = re.sub(r"牵头$", "", name)
    if re.fullmatch(
        r"各?(?:有关|相关)?(?:部门|单位)(?:单位)?|各(?:市|区县|县|区|镇|乡|街道|园区)[^，。]{0,12}",
        name,
    ):
        return True
    return len(name) <= 40 and (function_of(name) is not None or bool(_ORGANISATION.search(name)))


def parse_responsibility(inner: str) -> Responsibility:
    """Units, leads and openness of the text within a bracket.

    >>> parse_responsibility("市生态环境局牵头，市发展改革委、市财政局等部门按职责分工负责")
    Responsibility(units=('市生态环境局', '市发展改革委', '市财政局'), lead=('市生态环境局',), open_list=True, repaired=())
    >>> parse_responsibility("牵头单位：省能源局；配合单位：省发展改革委").lead
    ('省能源局',)
    """
    units: list[str] = []
    lead: list[str] = []
    repaired: list[str] = []
    open_list = False
    inner = _unwrap(_DEFINITION.sub("", inner.strip("。")))
    inner = _AFTERWORD.sub("", inner)
    for group in _groups(inner):
        leads_all = bool(_LEAD_LABEL.match(group))
        body = _LABEL.sub("", group)
        body = _DUTY.sub("", body)
        if body.endswith("牵头") and "，" not in body:
            leads_all = True
        body, opened = _cut_open_end(body)
        open_list = (
            open_list or opened or bool(re.search(r"等(?:有关|相关)?(?:部门|单位)?$", group))
        )
        for name in _split_pairs(_places_together(split_list(body, "、,，"))):
            clean, is_lead = re.subn(r"(?:共同)?牵头$", "", name)
            clean = _OPEN_END.sub("", clean)
            if not clean:
                continue
            fixed, was_broken = repair(clean)
            if was_broken:
                repaired.append(f"{clean} → {fixed}")
            if fixed not in units:
                units.append(fixed)
            if (is_lead or leads_all) and fixed not in lead:
                lead.append(fixed)
    return Responsibility(tuple(units), tuple(lead), open_list, tuple(repaired))


def _groups(inner: str) -> list[str]:
    """Parts with a label or a lead of their own: 牵头单位：…；配合单位：… and A牵头，B、C 负责."""
    parts = re.split(
        r"[；;]|(?<=牵头)[，,]|(?<=负责)[，,]|(?<=落实)[，,]|(?<=配合)[，,]|(?<=参与)[，,]|，(?=[^，]*(?:配合|参与)(?:单位|部门)?[：:]?$)",
        inner,
    )
    return [part for part in parts if part]


def _unwrap(inner: str) -> str:
    """Without the bracket around it; a bracket of its own at the end stays."""
    if inner[:1] in tuple(_OPEN):
        inner = inner[1:]
        if inner[-1:] in tuple(_CLOSE):
            inner = inner[:-1]
    elif inner[-1:] in tuple(_CLOSE) and not any(mark in inner for mark in _OPEN):
        inner = inner[:-1]
    return inner.strip("。")


def _split_pairs(names: list[str]) -> list[str]:
    """甲局和乙局 are two: where a unit ends before 和 or 及 and another begins behind it."""
    kept: list[str] = []
    for name in names:
        start = 0
        for found in re.finditer(r"(?:以及|和|及|与)(?=[市省县区旗州各]|国网|自治区|国家)", name):
            left = name[start : found.start()]
            if _ORGANISATION.search(left) and looks_like_unit(name[found.end() :]):
                kept.append(left)
                start = found.end()
        kept.append(name[start:])
    return kept


def _places_together(names: list[str]) -> list[str]:
    """各区、县（市）政府 is one entry.

    >>> _places_together(["市财政局", "各区", "县（市）政府"])
    ['市财政局', '各区、县（市）政府']
    """
    kept: list[str] = []
    for name in names:
        goes_on = re.fullmatch(
            rf"{_PLACES}(?:人民政府|政府|管委会|办事处|党委政府)?(?:（[^（）]*）)?", name
        )
        if kept and goes_on and re.search(rf"(?:^|、)各?{_PLACES}$", kept[-1]):
            kept[-1] += "、" + name
        else:
            kept.append(name)
    return kept


def _cut_open_end(body: str) -> tuple[str, bool]:
    body, opened = _OPEN_END.subn("", body)
    return body, bool(opened)
