"""Who issued the document, when, under which number, for which place, and what it cites."""

import re
from itertools import zip_longest

from xietong.plans.lines import CleanLine
from xietong.plans.model import Citation, Meta, Region
from xietong.vocab.regions import find_region

_KIND = r"(?:方案|规划|计划|纲要|意见|办法|措施|行动|通知|规定|要点)"
_NUMBER = r"[一-龥]{1,10}[〔\[（(【﹝]\d{4}[〕\]）)】﹞]第?\d+号"
_DATE = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_ORGANISATION = re.compile(
    r"^[一-龥（）()]{2,30}(?:人民政府|委员会|办公厅|办公室|领导小组|厅|局|委|部|党组|管委会|指挥部)$"
)
_CITED = re.compile(
    rf"《(?P<title>(?:[^《》]|《[^《》]*》)+)》(?:[（(](?P<number>{_NUMBER})[）)])?"
)
_DIGIT = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def read_meta(front: list[CleanLine], body: str, tail: list[CleanLine]) -> Meta:
    """Everything that names the document; what is not printed stays None, never guessed."""
    title = _title(front)
    number = next((m for line in front if (m := _own_number(line.text))), None)
    issue_date, issuers = _signature(front)
    if issue_date is None:
        issue_date, issuers = _signature(tail)
    issuers = issuers or _letterhead(front) or _heading_issuer(front)
    found = None
    for text in (title or "", *issuers):
        found = found or (find_region(text) if text else None)
    region = (
        Region(found.adcode, found.name, found.level)
        if found
        else _unlisted(title or "".join(issuers))
    )
    words = "".join(line.text for line in front) + body
    return Meta(title, number, issuers, issue_date, region, plan_type(title), _cites(words, title))


_LEVELS = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "地区": "city",
    "县": "district",
    "区": "district",
    "旗": "district",
}


def _unlisted(title: str) -> Region:
    """A place that the vocabulary does not list, by the form of its name; without a code."""
    found = re.match(
        r"[一-龥]{2,7}?(自治区|地区|省|市|州|盟|县|区|旗)(?![一-龥]{0,3}[市县区](?!域))", title
    )
    return (
        Region(None, found.group(), _LEVELS[found.group(1)]) if found else Region(None, None, None)
    )


def earliest_year(meta: Meta, body: str) -> int | None:
    """The year of issue, or where none is printed the earliest that the text allows.

    What is cited, looked back upon (截至2022年底) or compared with (比2020年) lies before it.
    """
    printed = issue_year(meta)
    if printed:
        return printed
    years = [
        int(found.group(1))
        for cited in meta.cites
        if (found := re.search(r"[〔\[（(【﹝](20\d\d)", cited.doc_number or ""))
    ]
    years += [int(year) for year in re.findall(r"截[至止](20\d\d)年", body)]
    years += [int(year) + 1 for year in re.findall(r"[比较](20\d\d)年", body)]
    years += [int(year) for year in re.findall(r"[（(](20\d\d)年?[—－\-~～至]", meta.title or "")]
    return max(years, default=None)


def issue_year(meta: Meta) -> int | None:
    """The year in which the document was issued, by its date or its number, else None."""
    found = re.match(r"\d{4}", meta.issue_date or "") or re.search(
        r"(?<=[〔\[（(【﹝])\d{4}", meta.doc_number or ""
    )
    return int(found.group()) if found else None


def plan_type(title: str | None) -> str:
    """减污降碳, 碳达峰 or other, by the title.

    >>> plan_type("某市减污降碳协同增效实施方案")
    '减污降碳'
    """
    for kind in ("减污降碳", "碳达峰"):
        if title and kind in title:
            return kind
    return "other"


def _title(front: list[CleanLine]) -> str | None:
    """The plan's own title: the one that is 印发, or the line that names itself 方案, 规划 …"""
    text = "".join(line.text for line in front)
    sent = re.search(
        rf"(?:现将|将)《([^《》]+{_KIND}[^《》]{{0,12}})》.{{0,12}}(?:印发|下发|发布)", text
    )
    if sent:
        return sent.group(1)
    for line, following in zip_longest(front, front[1:]):
        if _is_title(line.text):
            years = following and re.fullmatch(
                r"[（(]20\d\d年?[—－\-~～至]{1,2}20\d\d年?[）)]", following.text
            )
            return line.text + (following.text if following and years else "")
        if following and _opens_title(line.text, following.text):
            return line.text + following.text
    named = re.search(rf"关于印发《?([^《》]+?{_KIND}(?:（[^（）]*）)?)》?的通知", text)
    return named.group(1) if named else None


def _opens_title(first: str, second: str) -> bool:
    """A title that is broken over two lines."""
    alone = (
        _is_title(second) or _own_number(first) or _DATE.search(first) or _ORGANISATION.match(first)
    )
    return 4 <= len(first) <= 40 and not alone and _is_title(first + second)


def _is_title(text: str) -> bool:
    return (
        6 <= len(text) <= 60
        and bool(re.search(rf"{_KIND}(?:[（(].{{1,24}}[）)])?$", text))
        and not re.search(r"[，。；：！？《]|通知(?:[（(].*[）)])?$|^(?:根据|按照|结合|为)", text)
    )


def _own_number(line: str) -> str | None:
    found = re.fullmatch(rf"(?:.{{0,12}}文件)?({_NUMBER})", line)
    return found.group(1) if found else None


def _signature(lines: list[CleanLine]) -> tuple[str | None, tuple[str, ...]]:
    """The date that stands alone, and the organisations right above it."""
    for at, line in enumerate(lines):
        found = _DATE.search(line.text)
        if not found or len(line.text) - len(found.group()) > 30 or line.text.endswith("印发"):
            continue
        before = line.text[: found.start()]
        if found.end() != len(line.text) or (before and not _ORGANISATION.match(before)):
            continue
        issuers = [before] if before else []
        for above in reversed(lines[:at]):
            if not _ORGANISATION.match(above.text):
                break
            issuers.insert(0, above.text)
        return iso_date(found), tuple(dict.fromkeys(issuers))
    return None, ()


def iso_date(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    from xietong.plans.markers import chinese_number

    return (
        f"{int(year.translate(_DIGIT)):04d}-{chinese_number(month):02d}-{chinese_number(day):02d}"
    )


def _letterhead(front: list[CleanLine]) -> tuple[str, ...]:
    """Organisations of a red letterhead: …人民政府文件."""
    heads = []
    for line in front[:20]:
        name = re.sub(r"文件$", "", line.text)
        if _ORGANISATION.match(name) and not re.search(r"[各：]", name):
            heads.append(name)
        elif heads:
            break
    return tuple(dict.fromkeys(heads))


def _heading_issuer(front: list[CleanLine]) -> tuple[str, ...]:
    """…人民政府关于印发…的通知: the organisation that the heading opens with."""
    for line in front[:12]:
        name, says, _ = line.text.partition("关于")
        if says and _ORGANISATION.match(name):
            return (name,)
    return ()


def _cites(text: str, own: str | None) -> tuple[Citation, ...]:
    seen: dict[str, Citation] = {}
    for found in _CITED.finditer(text):
        title = found["title"]
        if title == own or len(title) < 4:
            continue
        if title not in seen or (found["number"] and not seen[title].doc_number):
            seen[title] = Citation(title, found["number"])
    return tuple(seen.values())
