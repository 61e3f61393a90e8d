"""The verbs that turn a number into a target, with the operator and direction they imply."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Predicate:
    """A verb in front of a number: where it stands and what it says."""

    start: int
    end: int
    word: str
    operator: str
    direction: str | None
    measure: str | None
    hedges: tuple[str, ...]


_FALL = "下降|降低|减少|削减|压减|压缩|缩减|减排|下调|减量"
_RISE = "提高|(?<!改造)提升|增长|增加|上升|扩大|增"
_HEDGE = r"(?:力争|争取|原则上|努力|确保|总体|基本|平均|累计|总计|共|合计|每年|年均|均|都|分别|再|可|要|应|须|将)"
_VERBS = (
    # word, operator, direction, measure
    (
        r"(?:年均|平均每年|每年|(?<!\d)年)(?:递增|增长|增幅|增速)(?:率)?(?:达到|达|为)?",
        "=",
        "increase",
        "annual_growth",
    ),
    (
        r"(?:年均|平均每年|每年|(?<!\d)年)(?:递减|下降|降低|减少)(?:率)?(?:达到|达|为)?",
        "=",
        "decrease",
        "annual_growth",
    ),
    (r"稳定(?:在|保持在|控制在)|保持(?:在|稳定在)?|维持(?:在)?|稳定达到", "=", "level", None),
    (
        rf"(?:{_RISE})(?:至|到)|增至|升至|扩大至|达到并超过|达到|达成|可达|达|实现",
        "reach",
        "increase",
        None,
    ),
    (rf"(?:{_FALL})(?:至|到)|降至|降到|减至|压减至|控制到", "reach", "decrease", None),
    (rf"(?:累计|较|再)?(?:{_FALL})(?:了)?(?:幅度|率)?(?:达到|达|为)?", "=", "decrease", None),
    (r"≥|＞|>", ">=", None, None),
    (r"≤|＜|<", "<=", None, None),
    (r"控制在|限制在", "=", None, None),
    (
        r"不(?:应|得|宜|能)?(?:低于|少于|小于)|至少|超过|突破|(?<!不)(?<!不[应得宜能])(?:大于|高于|多于)|超",
        ">=",
        None,
        None,
    ),
    (
        r"不(?:应|得|宜|能)?(?:高于|超过|大于|多于)|(?<!不)(?<!不[应得宜能])(?:低于|小于|少于)|控制在不超过",
        "<=",
        None,
        None,
    ),
    (r"净增|新增加|新增", "=", "increase", "increment"),
    (rf"(?:{_RISE})(?:了)?", "=", "increase", None),
    (r"占到|占(?!比)|为|是", "=", None, None),
    (r"(?:(?<=占比)|(?<=比例)|(?<=比重)|(?<=[一-龥]率))", "=", None, None),  # 覆盖率100%
)
_HEDGED = rf"(?P<hedge>{_HEDGE}*)"
# A base may stand between verb and number: 达到汽车新车销售量的50%.
_BASE_OF = r"(?:[^，。；、：\d达]{2,20}?的|每(?:平方公里|平方米|万人|人|吨|户|公顷|亩|年|日|天)|20\d\d年的?)?"
_COMPILED = [
    (
        re.compile(
            rf"{_HEDGED}(?P<verb>{verb})(?P<bound>不低于|不少于|不高于|不超过|超过|至少|约)?{_BASE_OF}$"
        ),
        op,
        direction,
        measure,
    )
    for verb, op, direction, measure in _VERBS
]
_WINDOW = 48
_BOUNDS = {
    "不低于": ">=",
    "不少于": ">=",
    "超过": ">=",
    "至少": ">=",
    "不高于": "<=",
    "不超过": "<=",
    "约": "~",
}

_COUNT_VERB = re.compile(
    r"(?P<hedge>(?:力争|争取|累计|每年|年均|平均每年|分别|均|共|再|原则上|计划|至少|不少于)*)(?P<verb>营造林|新造林|腾退|盘活|植树造林|建成投用|建成投产|建成(?!区)|新建|改建|建设|打造|培育壮大|培育|突破|落实|报废更新|开展|推动|推广应用|推广|改造提升|改造|完成|新增|净增|创建|创成|布局|支持|淘汰更新|淘汰|关停退出|关停|关闭|退出|实施|形成|认定|遴选|更新|替换|种植|造林|节约|减少|削减|修复|治理|整治|压减|建立|设立|引进|引导|组织|推进|配备|投放|回收|利用|安装|配建|发展|开工|投产|储备|绿化|新造|完成改造|实现)(?P<done>了)?(?P<bound>不低于|不少于|至少|超过|约|近)?(?P<object>[^，。；、：\d]{0,24}?(?:、[^，。；、：\d]{1,12}){0,3}?)(?P<late>不低于|不少于|至少|超过|约|达到|达|共)?$"
)


_ALSO = re.compile(r"^(?:和|及|与|或|、)(?:改造|改建|扩建|更新|提升|引进|推广)")


def find_predicate(text: str, at: int, after: int = 0) -> Predicate | None:
    """The verb that ends right before position ``at`` (a base such as 汽车销售量的 may stand between).

    ``after`` is the end of the previous number: the verb must stand behind it.
    """
    left = max(after, at - _WINDOW)
    window = text[left:at]
    best: Predicate | None = None
    for pattern, operator, direction, measure in _COMPILED:
        found = pattern.search(window)
        if found and (best is None or _nearer(found, left, best)):
            bound = found["bound"] or ""
            best = Predicate(
                found.start() + left,
                found.end("bound") + left if bound else found.end("verb") + left,
                found["verb"],
                _BOUNDS.get(bound, operator),
                direction,
                measure,
                _split_hedges(found["hedge"]) + ((bound,) if bound else ()),
            )
    return best


def _nearer(found: re.Match[str], left: int, best: Predicate) -> bool:
    """A verb right before the number beats one with a base between; else the longer one wins."""
    end = found.end("bound") if found["bound"] else found.end("verb")
    if end + left != best.end:
        return end + left > best.end
    return found.start() + left < best.start


def find_count_verb(text: str, at: int, after: int = 0) -> tuple[Predicate, str] | None:
    """A verb of doing in front of a count or amount, and what is counted: 建成充换电站700座."""
    left = max(after, at - _WINDOW)
    found = _COUNT_VERB.search(text[left:at])
    if not found or (found["verb"] == "开展" and not found["object"]):
        return None
    bound = found["bound"] or found["late"] or ""
    increment = "increment" if found["verb"] in ("新增", "净增") else None
    operator = _BOUNDS.get(bound, "reach" if bound in ("达到", "达") else "=")
    falls = found["verb"] in (
        "淘汰",
        "淘汰更新",
        "关停",
        "关停退出",
        "关闭",
        "退出",
        "压减",
        "节约",
        "减少",
        "削减",
    )
    predicate = Predicate(
        found.start() + left,
        found.end() + left,
        found["verb"],
        operator,
        "decrease" if falls else "increase",
        increment,
        _split_hedges(found["hedge"]) + ((bound,) if bound in _BOUNDS else ()),
    )
    return predicate, _ALSO.sub("", found["object"])


def _split_hedges(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"力争|争取|原则上|努力|确保|基本", words))
