"""Taking apart the words before a number: whose value it is (subject) and what is measured."""

import re

_LEADING = re.compile(
    r"^(?:(?:其中|同时|或者?|并|且|即|以及|有力支撑|支撑|改造后|建成后|全面|努力|确保|力争|争取|推动|推进|促进|使|实现|保持|带动|原则上|要求|届时|基本|进一步|持续|逐步|累计|总体|有序|提前|按期|如期)+[，：]?)+"
)
_OWN_PLACE = re.compile(r"^(?:全[省市区县州国]|[我本][省市区县州])(?![一-龥]{0,2}(?:中心|重点))")
_DELEGATED = re.compile(
    r"^完成(?:国家|省|市|上级|自治区)?(?:级)?(?:下达|分解|确定)(?:给)?(?:我[省市区县州])?的?"
)
_HEADS = re.compile(
    r"(?:"
    r"装机(?:容量|规模|总量|总规模)?|(?:屋顶)?光伏覆盖率|"
    r"(?:新能源(?:及|和|或)?(?:清洁能源)?(?:汽车|车辆|车)?|清洁能源(?:汽车|车辆)?|电动车?|绿色建筑|绿电|装配式建筑|使用)?(?:占比|比例|比重|占有率|份额)|"
    r"(?:单位)?(?:换算)?(?:周转量)?(?:二氧化碳|碳|能源消耗|能耗)?(?:排放)?强度|"
    r"(?:综合|资源化|回收|无害化|安全|再生|循环|处理|集中)?(?:利用|处置|处理|回收|收集|覆盖|替代|普及|达标|合格|电气化|渗透|就地消纳|消纳|增长|保有|下降|去除|还田|治理|修复|入网|联网)+率|"
    r"(?:年|总)?(?:产量|产能|(?:煤炭|能源|天然气|石油|成品油|电力)?(?:消费总量|消费量)|(?:重点工程|工程)减排量|利用量|处理量|排放总量|排放量|保有量|销售量|销量|发电量|用电量|供应量|供应能力|交易量|蓄积量|储量|处置量|减排量|供热量|运输量|联运量|吞吐量|使用量|用量|总量|年利用量)|"
    r"(?:年均|平均)?浓度|(?:系统|整体|综合)?能效|(?:综合)?能耗|电耗|煤耗|水耗|(?:处理|供应|保供|储备|响应|储气|接收|生产|供热)?能力|(?:建设|装机|总|改造)?规模|总面积|面积|数量|投资|产值|营业收入|比率|(?:用水|用能|能源|利用|使用|能源利用)*效率|(?<!效)率"
    r")$"
)
_SHARED_START = re.compile(
    r"^(单位(?:地区|国内|工业|建筑)?(?:生产总值|GDP|增加值|面积|产品产量|产品|周转量)|万元(?:地区)?(?:生产总值|GDP|工业增加值)|规模以上(?:工业)?(?:企业)?|人均|公共机构|建成区)"
)
_CARRIER = re.compile(
    r"^(?P<subject>.{2,30}?(?<![集其空])中)(?![心小水高低央国型期等远部转医药试游层学介标继])(?P<indicator>.{2,24})$"
)
_PLACE = re.compile(
    r"^(?P<subject>.*(?:中心城区|(?:创建|试点)城市|及周边地区))(?P<indicator>[^的]{4,14})$"
)
_FLEET = re.compile(r"新增(?:和|及|或|、)更新的?")


def strip_lead(words: str) -> str:
    """``words`` without filler and without the document's own place in front.

    >>> strip_lead("力争全市非化石能源消费比重")
    '非化石能源消费比重'
    >>> strip_lead("完成国家下达我省的煤炭消费量")
    '煤炭消费量'
    """
    before = None
    words = re.sub(r"^(.{0,4})\d{1,2}年内(?=..)", r"\1", words)
    while before != words:
        before = words
        words = words.lstrip("，：、")
        for pattern in (_LEADING, _DELEGATED, _OWN_PLACE):
            rest = pattern.sub("", words)
            if rest:
                words = rest
    return words


def split_phrase(words: str) -> tuple[str, tuple[str, ...]]:
    """Indicator and subjects of the words before one number.

    >>> split_phrase("新建公共机构建筑、新建厂房屋顶光伏覆盖率")
    ('屋顶光伏覆盖率', ('新建公共机构建筑', '新建厂房'))
    >>> split_phrase("新增和更新的公交车中新能源车辆占比")
    ('新能源车辆占比', ('新增和更新的公交车',))
    >>> split_phrase("新增大宗固废综合利用率")
    ('新增大宗固废综合利用率', ())
    """
    items = split_list(words)
    listed = re.match(r"(?P<items>.+、.+?)等(?P<rest>[^等、]{2,})$", words)
    if listed and "、" in listed["items"]:
        return listed["rest"], tuple(split_list(listed["items"]))
    if len(items) > 1:
        indicator, subjects = share_head(items)
        if indicator:
            return indicator, tuple(subjects)
    carrier = _CARRIER.match(words)
    if carrier and len(items) == 1 and not re.search(r"[总其之]中$", carrier["subject"]):
        whole = re.search(r"在(.+)中$", carrier["subject"])
        if not whole:
            return carrier["indicator"], (carrier["subject"][:-1],)
    place = _PLACE.match(words)
    if place and len(items) == 1:
        return place["indicator"], (place["subject"],)
    head = _HEADS.search(words)
    if head and head.start() > 6 and len(items) == 1 and _FLEET.search(words):
        return head.group(), (words[: head.start()],)
    return words, ()


def split_list(words: str, marks: str = "、") -> list[str]:
    """Items of a list divided by any of ``marks``, brackets kept whole.

    >>> split_list("光伏发电、风电、核电装机")
    ['光伏发电', '风电', '核电装机']
    """
    items, depth, start = [], 0, 0
    for at, char in enumerate(words):
        depth += char in "（("
        depth -= char in "）)"
        if char in marks and depth <= 0:
            items.append(words[start:at])
            start = at + 1
    items.append(words[start:])
    return [item for item in items if item]


def share_head(items: list[str]) -> tuple[str, list[str]]:
    """The indicator that the last item carries for all, and the subjects; '' where there is none.

    >>> share_head(["光伏发电", "风电", "核电", "生物质发电装机"])
    ('装机', ['光伏发电', '风电', '核电', '生物质发电'])
    """
    head = _head(items[-1])
    if not head or head.start() == 0 or re.search(r"[总共]$|合计$", items[-1][: head.start()]):
        return "", items
    if any(_HEADS.search(item) for item in items[:-1]):
        return "", items
    return head.group(), [*items[:-1], items[-1][: head.start()].removesuffix("的")]


def _head(item: str) -> re.Match[str] | None:
    """The measured quantity at the end of an item; all behind 的 where the item has one."""
    head = _HEADS.search(item)
    return re.search(r"(?<=的)[^的]{3,}$", item) or head if head else None


def distribute(words: str, count: int) -> list[tuple[str, str | None]] | None:
    """(indicator, subject) for each of ``count`` numbers after 分别 or 均; None where it cannot be.

    >>> distribute("单位地区生产总值能源消耗、二氧化碳排放", 2)
    [('单位地区生产总值能源消耗', None), ('单位地区生产总值二氧化碳排放', None)]
    >>> distribute("营运车辆、船舶换算周转量碳排放强度", 2)
    [('换算周转量碳排放强度', '营运车辆'), ('换算周转量碳排放强度', '船舶')]
    """
    items = split_list(words)
    if len(items) != count:
        parts = [
            part for item in items for part in re.split(r"(?<=.{2})(?:和|及|与|以及)(?=.{2})", item)
        ]
        items = parts if len(parts) == count else items
    if len(items) != count:
        return None
    head = _head(items[-1])
    full = [_HEADS.search(item) for item in items]
    start = _SHARED_START.match(items[0])
    if start:
        prefix = start.group()
        return [(item if item.startswith(prefix) else prefix + item, None) for item in items]
    if head and head.start() and not any(full[:-1]):
        return [
            (
                head.group(),
                (item[: head.start()] if item is items[-1] else item)
                .removesuffix("中")
                .removesuffix("的"),
            )
            for item in items
        ]
    return [(item, None) for item in items]
