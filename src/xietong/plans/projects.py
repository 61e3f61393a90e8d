"""Projects: the entries of the boxes (专栏)."""

import re
from collections.abc import Iterator

from xietong.plans.markers import KINDS, marker
from xietong.plans.model import Project
from xietong.plans.outline import Box

_INLINE = re.compile(r"[（(](\d{1,2})[）)]")
_NAME_ENDS = re.compile(
    r"(?:项目|工程|基地|园区|产业园|中心|示范区|开发区|线|厂|站|平台|行动|计划|谷|城|院|库|示范|试点|体系|区|段|改造)(?:[（(][^（）()]*[）)])?$"
)
_NAMED = re.compile(r"等[^，。；]{0,12}(?:项目|工程|铁路|高铁|高速)")
_VERB = re.compile(
    r"^(?:规划建设|研究论证|推进|推动|实施|建设|开展|加快|完成|建成|编制|规划|研究|论证|支持|鼓励|在|对|围绕|到20)+"
)


def read_projects(box: Box) -> Iterator[Project]:
    """One record for each entry: numbered entries, else a list split at commas, else the sentence."""
    title = re.sub(
        r"^[【\[]?(专[栏拦])\s*([\d一二三四五六七八九十]*)[】\]]?[：:.、]?", r"\1\2 ", box.title
    ).strip()
    for heading, body in _groups(box):
        entries = _numbered(body)
        if entries:
            for name in entries:
                yield Project(title, heading, name)
        elif body:
            for name in _listed(body, heading):
                yield Project(title, heading, name)
        elif heading:
            yield Project(title, None, heading)


def _groups(box: Box) -> Iterator[tuple[str | None, str]]:
    """(heading, text) of each lowest numbered block; the heading ends at its first full stop."""
    blocks: list[list[str]] = []
    kinds: list[str] = []
    for line in box.lines:
        text = " ".join(cell for cell in line.cells if cell) if line.cells else line.text
        found = marker(text)
        if found and found.kind == "D" and blocks and _counts_on(blocks[-1], found.number):
            blocks[-1].append(text)
        elif found and found.rank >= KINDS.index("B"):
            blocks.append([text[found.length :]])
            kinds.append(found.kind)
        elif blocks:
            blocks[-1].append(text)
        else:
            blocks.append([text])
            kinds.append("")
    lowest = kinds[-1] if kinds else ""
    for at, lines in enumerate(blocks):
        text = "".join(lines)
        heading, _, body = text.partition("。")
        below = (
            at + 1 < len(kinds)
            and kinds[at] in KINDS
            and kinds[at + 1] in KINDS
            and (KINDS.index(kinds[at + 1]) > KINDS.index(kinds[at]))
        )
        if below and not body:
            continue  # a heading of headings
        if not kinds[at]:
            yield None, text
        elif not body and lowest and _INLINE.search(heading):
            first = _INLINE.search(heading)
            assert first
            yield heading[: first.start()].strip("：: ") or None, heading[first.start() :]
        elif not body and "：" in heading:
            name, _, rest = heading.partition("：")
            yield name, rest
        else:
            yield heading, body


def _counts_on(block: list[str], number: int) -> bool:
    """True where a line that opens with （2） goes on with a list that began within its line."""
    inside = [int(found.group(1)) for found in _INLINE.finditer("".join(block))]
    return bool(inside) and inside[-1] == number - 1


def _numbered(body: str) -> list[str]:
    spots = list(_INLINE.finditer(body))
    if not spots or spots[0].start() > 2 or spots[0].group(1) != "1":
        return []
    ends = [spot.start() for spot in spots[1:]] + [len(body)]
    return [
        body[spot.end() : end].strip("；;。，、 ") for spot, end in zip(spots, ends, strict=True)
    ]


def _listed(body: str, heading: str | None) -> list[str]:
    """Names split at commas where each part ends like the name of a project; else spelt out."""
    text = body.strip("。；; ")
    parts = [part.strip() for part in re.split(r"[，；;。]", text) if part.strip()]
    if all(_NAME_ENDS.search(part) and not _VERB.match(part) for part in parts):
        return parts
    if "；" in text and not any(_VERB.match(part) for part in parts):
        return [part.strip("。，") for part in re.split(r"[；;]", text) if part.strip("。，")]
    if re.match(r"(?:在|对|围绕|以)", text):  # a sentence that names no project
        return [heading or text]
    if heading and not any(_NAME_ENDS.search(part) or _NAMED.search(part) for part in parts):
        return [heading]  # what is to be done, without names
    return [name for part in parts for name in _spelt_out(part)]


def _spelt_out(part: str) -> list[str]:
    """Names in a sentence: 建成甲、乙高铁等项目 → 甲高铁, 乙高铁.

    >>> _spelt_out("规划建设甲至乙、丙至丁等高铁项目")
    ['甲至乙高铁', '丙至丁高铁']
    """
    text = _VERB.sub("", part)
    listed, open_end, kind = text.partition("等")
    names = [name for name in listed.split("、") if name]
    if not open_end:
        return names
    kind = re.sub(r"(?:建设)?项目$|工程$", "", kind)
    tail = kind or next(
        (ending for ending in ("高铁", "铁路", "高速") if names[-1].endswith(ending)), ""
    )
    return [
        name
        if name.endswith(tail) or (len(names) == 1 and not kind.startswith("高"))
        else name + tail
        for name in names
    ]
