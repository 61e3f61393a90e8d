"""Targets: one record for each printed number that is to be reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xietong.plans.model import Target
from xietong.plans.phrases import distribute, split_phrase, strip_lead
from xietong.plans.predicates import Predicate, find_count_verb, find_predicate
from xietong.plans.quantities import COUNT_UNITS, Quantity, find_quantities, joined_lists
from xietong.plans.years import YearMark, baseline_year, speaks_of_past, year_marks
from xietong.vocab.indicators import indicator, match_indicator

_SENTENCES = re.compile(r"[^。；;！？\n]+")
_EACH = re.compile(r"(?:分别|(?<![平年人户亩地月日])均|依次)")
_HEDGES = re.compile(
    r"力争|争取|原则上|不(?:应|得|宜|能)?(?:低于|少于|小于|高于|超过|大于|多于)|至少|超过|突破(?!\d+[项个种])|大于|稳定(?:保持)?在|保持在|维持在|努力"
)
_BASE_WORDS = re.compile(
    r"(?:，?(?:比|较|与|相较于?|以|在)20\d\d年(?:水平|末|底)?的?(?:相比|为基[准期数年]|基础上)?[，]?|同比|在现有(?:水平|基础)的?(?:基础)?上?)"
)
_STOP_AFTER = re.compile(
    r"^(?:$|[，、。；：）)”》\]]|的(?:任务|目标|水平|要求|控制目标|标准)|和|及|与|并|以及|；|水平|目标|任务|(?:节能|节水|能效)?(?:要求|标准)|[（(]|或更|，)"
)
_THRESHOLD_AFTER = re.compile(r"^(?:及)?(?:以上|以下|以内)?(?:的|及以[上下]|规模|级|等级|参数|/)")
_SIZE_NOUN = re.compile(r"^[^，。；]{0,24}?(?:项目|工程|机组|生产线|特高压|线路|锅炉|示范区建设)")


_UP_TO = re.compile(r"^(?:的)?[^，。；\d]{0,12}(?:至|到)")
_NOTE = re.compile(r"[（(](?:以下)?(?:简称|统称|下同|下称|以下)[^（）()]*[）)]")
_NOUN = re.compile(
    r"(?:的)?(?:[^，。；、（(\d]{1,16}(?:突出|强|高|好|大|优|显著|明显|先进|广|快|新)、(?=[^，。；、]*的))?"
    r"(?:(?!(?:和|及|与|以及)\d)[^，。；、（(]){1,40}"
)
_CHAIN = re.compile(
    r"^(?P<noun>[^，。；、\d]{0,30})(?:、|和|及|与|以及)(?P<thing>[^，。；、\d]{0,20})$"
)
_BASE_FOR_ALL = re.compile(
    r"(?:在|以)(?P<year>20\d\d)年(?:水平)?(?:的?基础上|[^。；]{0,24}?为基[准期数年])"
)
# 100%执行绿色建筑标准; 80%以上的机关达到创建要求
_DOES = r"(?:达到|达|建成|完成|实现|开展|实施|执行|采用|使用|接入|纳入|具备|创建|通过|满足|按照?)"
_ALL_DO = re.compile(rf"^(?P<what>{_DOES}[^，。；、\d]{{2,24}})(?=$|[，。；、）)])")
_SHARE_DOES = re.compile(
    rf"^的?(?P<what>[^，。；、\d]{{2,24}}?{_DOES}[^，。；、\d]{{2,24}})(?=$|[，。；、）)])"
)


_PERIOD = re.compile(
    r"[“\"「]?十[二三四五六]五[”\"」]?(?:时期|期间|末|期末)?|(?:到|至)?20\d\d年(?:底|末)?前?"
)
_YEAR_ALONE = re.compile(r"(?:到|至)?20\d\d年(?:底|末)?(?:以?前)?$")
_DOING = re.compile(r"^(?:建成|建设|新建|打造|培育|创建|推广|布局|认定|形成)(?=.{2})")


@dataclass
class _Scope:
    """The year that governs, and whether it was carried over from an earlier sentence."""

    year: int | None = None
    last: Target | None = None  # carried on by 到2030年，达到26%
    last_start: int | None = None  # where its quote starts, within the same sentence
    counting: tuple[Predicate, int] | None = None  # 创建300家甲和2000家乙: the verb goes on


def read_targets(
    text: str, clause: str, *, goals: bool = False, issued: int | None = None
) -> Iterator[Target]:
    """All targets of one clause or section, in printed order.

    A year governs what follows it: in a statement of ``goals`` until the next year, in a clause
    through an unbroken run of sentences that state results. Years before ``issued`` are past.
    """
    scope = _Scope()
    for match in _SENTENCES.finditer(mask(text)):
        sentence = text[match.start() : match.end()]
        marks = year_marks(sentence)
        found = [
            target
            for target in _read_sentence(sentence, marks, scope, clause)
            if not (issued and target.year and target.year < issued)
        ]
        yield from found
        scope.last, scope.last_start = (found[-1] if found else scope.last), None
        governing = [mark.year for mark in marks if mark.by]
        if governing:
            scope.year = governing[-1]
        elif not found and not goals:
            scope.year = None


def mask(text: str) -> str:
    """``text`` at the same length with titles hidden and half-width commas made full-width."""
    text = re.sub(r"《[^》]*》", lambda m: "《" + "＊" * (len(m.group()) - 2) + "》", text)
    return re.sub(r",(?!\d{3})", "，", text).replace(";", "；").replace(":", "：")


def _read_sentence(
    sentence: str, marks: list[YearMark], scope: _Scope, clause: str
) -> Iterator[Target]:
    masked = mask(sentence)
    quantities = [q for q in find_quantities(masked) if not _is_condition(q, masked)]
    previous = 0
    scope.counting = None
    for group in joined_lists(quantities, masked):
        first = group[0]
        read = _Reading(sentence, masked, group, previous, marks, scope, clause)
        targets = read.share_that_does()
        if not targets and _is_threshold(group, masked, previous):
            previous = group[-1].end
            continue
        targets = targets or read.targets()
        if targets:
            scope.last = targets[-1]
            yield from targets
            previous = group[-1].end
        elif first.unit:
            previous = max(previous, 0)


def _is_condition(quantity: Quantity, text: str) -> bool:
    """80%以上的创建城市…达到70%, 由300万亩增加到500万亩: the first number is no target."""
    rest = text[quantity.end :]
    if re.search(r"[由从][^，。；\d]{0,10}$", text[: quantity.start]) and _UP_TO.match(rest):
        return True
    if not re.match(r"的", rest) or re.match(r"的(?:任务|目标|水平|要求)", rest):
        return False
    return bool(re.match(r"的[^，。；]*?(?:达到|不低于|超过|达|为)\d", rest))


def _is_threshold(group: list[Quantity], text: str, previous: int) -> bool:
    last = group[-1]
    rest = text[last.end :]
    if last.suffix == "以上" and COUNT_UNITS.match(last.unit) and not rest.startswith("的"):
        made = find_count_verb(text, group[0].start, previous)  # 形成20个以上方案
        if made and not made[1] and made[0].word not in ("支持", "组织", "引导", "推动", "推进"):
            return False
    if re.match(r"的(?:任务|目标|水平|要求|控制目标)", rest):
        return False
    if re.search(r"及以[上下]$", last.suffix):
        return True
    if last.suffix in ("以上", "以下", "以内") and not _STOP_AFTER.match(rest):
        return not last.unit.endswith(("%", "％")) or not rest.startswith("的")
    if last.suffix and rest.startswith("的"):
        return True
    return bool(_THRESHOLD_AFTER.match(rest)) and not rest.startswith("的")


@dataclass
class _Reading:
    """One list of numbers in its sentence."""

    sentence: str
    masked: str
    group: list[Quantity]
    previous: int
    marks: list[YearMark]
    scope: _Scope
    clause: str

    def targets(self) -> list[Target]:
        first, last = self.group[0], self.group[-1]
        rest = self.masked[last.end :]
        stops = bool(_STOP_AFTER.match(rest))
        predicate = find_predicate(self.masked, first.start, self.previous)
        if predicate and stops and not self._bare_is(predicate, first):
            return self._stated(predicate)
        counted = find_count_verb(self.masked, first.start, self.previous)
        if counted and (stops or self._counts_what_follows(counted, rest)):
            return self._counted(*counted, stops=stops)
        if predicate and predicate.word in ("新增", "净增") and COUNT_UNITS.match(first.unit):
            return self._counted(predicate, "", stops=stops)
        return self._chained(stops=stops)

    def share_that_does(self) -> list[Target]:
        """城镇新建建筑100%执行绿色建筑标准; 力争80%以上的机关达到创建要求."""
        value = self.group[0]
        if len(self.group) > 1 or value.unit not in ("%", "％"):
            return []
        rest = self.masked[value.end :]
        start, words = self._left(value.start)
        who = strip_lead(_YEAR_ALONE.sub("", words)).strip("，、：")
        if re.fullmatch(r"(?:力争|争取|确保|实现|推动|全[省市区县国])*", who):
            found, who = _SHARE_DOES.match(rest), ""
        else:
            found = None if value.suffix else _ALL_DO.match(rest)
            if find_predicate(self.masked, value.start, self.previous):
                return []
        if not found or speaks_of_past(self._before(value.start)):
            return []
        hedge = re.search(r"(?:力争|争取|确保)$", self.sentence[: value.start])
        begin = start if who else value.start - (len(hedge.group()) if hedge else 0)
        quote = self.sentence[begin : value.end + found.end()].strip("，、：")
        predicate = Predicate(value.start, value.start, "", "=", "increase", None, ())
        return [self._make(predicate, who + found["what"], None, (), value, quote)]

    def _chained(self, *, stops: bool) -> list[Target]:
        """The second number of 创建300家甲和2000家乙 or 建成甲10座、乙5座."""
        if not self.scope.counting or len(self.group) > 1:
            return []
        predicate, end = self.scope.counting
        first = self.group[0]
        between = _CHAIN.match(self.masked[end : first.start])
        if not between or not COUNT_UNITS.match(first.unit):
            return []
        thing = between["thing"]
        if bool(thing) != stops or (thing and between["noun"]):
            return []
        begin = first.start - len(thing)
        return self._counted(replace(predicate, start=begin), thing, stops=stops)

    def _bare_is(self, predicate: Predicate, first: Quantity) -> bool:
        """为, 是, 占 count only with shares and measured amounts, not with 为3个."""
        return predicate.word in ("是", "为") and bool(COUNT_UNITS.match(first.unit))

    def _counts_what_follows(self, counted: tuple[Predicate, str], rest: str) -> bool:
        first = self.group[0]
        done = counted[0].word in _DONE and counted[1] in ("", "对")
        if done and len(self.group) == 1 and not COUNT_UNITS.match(first.unit):
            return not first.unit.endswith("元")
        if len(self.group) > 1 or (_SIZE_NOUN.match(rest) and not COUNT_UNITS.match(first.unit)):
            return False
        if COUNT_UNITS.match(first.unit):
            return not re.match(r"(?:月|方面|层面|环节|阶段|领域|行业|维度)", rest)
        return self._year(first.start) is not None and not _SIZE_NOUN.match(rest)

    # -- forms ---------------------------------------------------------------------------------

    def _stated(self, predicate: Predicate) -> list[Target]:
        start, words = self._left(predicate.start)
        words = _BASE_WORDS.sub("", words)
        each = _EACH.search(words + self.masked[predicate.start : predicate.end])
        words = strip_lead(_EACH.sub("", words)).strip("，、：")
        words = re.sub(
            r"(?:指标|目标)?(?:力争|争取|原则上|努力|确保|将|要|应|可|总体|基本)+$", "", words
        )
        if predicate.measure == "increment":
            return self._counted(predicate, words, stops=True)
        words = _YEAR_ALONE.sub("", words)
        if not words:
            return self._carried_on(predicate)
        words = re.sub(r"[由从][^，由从]*\d[^，由从]*$", "", words)  # 由60%提高到85%
        if not words or len(words) > 90 or speaks_of_past(self._before(predicate.start)):
            return []
        quote = self._quote(start)
        self.scope.last_start = start
        values = self.group
        if predicate.measure == "increment" and not words.startswith("新增"):
            quote = self._quote(predicate.start) if not words else quote
        if each:
            names = distribute(words, len(values)) if len(values) > 1 else None
            if names:
                return [
                    self._make(predicate, name, subject, (), value, quote)
                    for (name, subject), value in zip(names, values, strict=True)
                ]
            years = self._years_for_each(start)
            if len(values) > 1 and len(years) == len(values):
                return [
                    self._make(predicate, *self._single(words), value, quote, year)
                    for year, value in zip(years, values, strict=True)
                ]
            if len(values) == 1:
                items = self._items(words)
                return [
                    self._make(predicate, name, subject, (), values[0], quote)
                    for name, subject in items
                ]
        own = re.search(r"全[省市区县州国]$", self.masked[:start])
        if COUNT_UNITS.match(values[0].unit):
            words = _DOING.sub("", words) or words
        name, subject, many = self._single(words)
        if subject and own:
            subject, quote = own.group() + subject, own.group() + quote
        return [self._make(predicate, name, subject, many, value, quote) for value in values]

    def _carried_on(self, predicate: Predicate) -> list[Target]:
        """到2030年，达到26%: of what the sentence before spoke of."""
        last = self.scope.last
        if last is None or last.unit != self.group[-1].unit:
            return []
        start = self.scope.last_start
        quote = self._quote(predicate.start if start is None else start)
        return [
            self._make(predicate, last.indicator, last.subject, last.subjects, value, quote)
            for value in self.group
        ]

    def _counted(self, predicate: Predicate, thing: str, *, stops: bool) -> list[Target]:
        if speaks_of_past(self._before(predicate.start)):
            return []
        first = self.group[0]
        end = self.group[-1].end
        name = re.sub(r"^[（(]?(?:其中)?[，：]?", "", thing.strip("的了，"))
        if not stops:
            noun = _NOUN.match(self.masked, first.end)
            name = (noun.group().removeprefix("的") if noun else "") or name
            end += len(noun.group()) if noun else 0
        if not name and predicate.word.endswith("造林"):
            name = predicate.word
        if not name:
            start, words = self._left(predicate.start)
            name = re.sub(r"^[（(]?(?:其中)?[，：]?", "", strip_lead(words).strip("，、："))
            last = self.scope.last
            if not name and last and last.unit == first.unit.replace("％", "%"):
                name, start = last.indicator, predicate.start  # 建成15个（其中新增5个）
            if not name:
                return []
            if _PERIOD.fullmatch(name):
                name, start = predicate.word, predicate.start
            quote = self.sentence[start:end]
        else:
            quote = self.sentence[predicate.start : end]
            quote = re.sub(r"^(?:力争|争取|累计|每年|计划)+(?=.{3})", "", quote)
        self.scope.counting = (predicate, self.group[-1].end)
        return [
            self._make(predicate, name, None, (), value, quote.strip("，")) for value in self.group
        ]

    def _single(self, words: str) -> tuple[str, str | None, tuple[str, ...]]:
        name, subjects = split_phrase(words)
        return (
            name,
            (subjects[0] if len(subjects) == 1 else None),
            (subjects if len(subjects) > 1 else ()),
        )

    def _items(self, words: str) -> list[tuple[str, str | None]]:
        name, subjects = split_phrase(words)
        if len(subjects) > 1:
            return [(name, subject) for subject in subjects]
        parts = [part for part in re.split(r"、|和|及", words) if part]
        if len(parts) > 1:
            return distribute(words, len(parts)) or [(words, None)]
        return [(name, subjects[0] if subjects else None)]

    # -- pieces --------------------------------------------------------------------------------

    def _left(self, end: int) -> tuple[int, str]:
        """Start and text of the words before the verb, back to the comma that opens them."""
        start = self._comma_before(end)
        words = self.masked[start:end]
        bare = _BASE_WORDS.sub("", strip_lead(_EACH.sub("", words))).strip("，、：")
        if not bare and start > self.previous:
            start = self._comma_before(start - 1)
            words = self.masked[start:end]
        for mark in self.marks:
            if start <= mark.start < end and not re.search(r"[比较]$", self.masked[: mark.start]):
                tail = re.match(
                    r"[”\"」]?(?:时期|期间|末|底|年底)?(?:以?前|之前|时)?[，,、]?",
                    self.masked[mark.end :],
                )
                after = mark.end + (tail.end() if tail else 0)
                if after <= end and len(self.masked[after:end]) >= 2:
                    start = after
                    words = self.masked[start:end]
        stripped = strip_lead(words)
        offset = words.find(stripped)
        return start + max(offset, 0), words

    def _comma_before(self, end: int) -> int:
        depth = 0
        for at in range(end - 1, self.previous - 1, -1):
            char = self.masked[at]
            if char in "）)":
                depth += 1
            elif char in "（(":
                depth -= 1
            elif char in "，,：:" and depth <= 0:
                if self.masked[at - 4 : at] and re.search(
                    r"20\d\d年(?:水平)?(?:相比|基础上)$", self.masked[:at]
                ):
                    continue
                return at + 1
        return self.previous

    def _before(self, end: int) -> str:
        return self.masked[max(0, self._comma_before(end) - 24) : end]

    def _quote(self, start: int) -> str:
        quote = self.sentence[start : self.group[-1].end].strip("，、：")
        hedge = re.search(r"(?:力争|争取)$", self.sentence[:start])
        return (hedge.group() if hedge else "") + quote

    def _year(self, at: int) -> int | None:
        before = [mark for mark in self.marks if mark.start < at]
        return before[-1].year if before else self.scope.year

    def _baseline(self, predicate: Predicate, value: Quantity) -> int | None:
        """The year printed next to the number, or one that the sentence gives for all changes."""
        own = baseline_year(self.sentence[self._comma_before(predicate.start) : value.start])
        if own or predicate.operator != "=" or predicate.measure or not predicate.direction:
            return own
        for_all = _BASE_FOR_ALL.search(self.sentence[: predicate.start])
        return int(for_all["year"]) if for_all and predicate.direction != "level" else None

    def _years_for_each(self, before: int) -> list[int]:
        return [mark.year for mark in self.marks if mark.start < self.group[0].start]

    def _make(
        self,
        predicate: Predicate,
        name: str,
        subject: str | None,
        subjects: tuple[str, ...],
        value: Quantity,
        quote: str,
        year: int | None = None,
    ) -> Target:
        last = self.group[-1]
        suffix = value.suffix or last.suffix
        name = _NOTE.sub("", name)
        known = match_indicator(f"{subject or ''}{name}")
        record = indicator(known[0]) if known else None
        direction, operator = predicate.direction, _operator(predicate, value, suffix)
        if predicate.word in _NEUTRAL or direction is None:
            direction = record.direction if record else direction
            direction = direction or _by_default(operator, name)
        return Target(
            clause=self.clause,
            year=year or self._year(value.start),
            indicator=name,
            indicator_id=record.id if record else None,
            subject=subject,
            subjects=subjects,
            operator=operator,
            value=(value.value, value.high) if value.high is not None else value.value,
            unit=value.unit.replace("％", "%"),
            baseline_year=self._baseline(predicate, value),
            direction=direction,
            measure=predicate.measure,
            hedge=_hedges(quote, predicate, suffix, value.about),
            quote=quote,
        )


_DONE = (
    "完成",
    "落实",
    "新增",
    "净增",
    "实现",
    "淘汰",
    "关停",
    "退出",
    "压减",
    "淘汰更新",
    "关停退出",
)
_NEUTRAL = (
    "达到",
    "达",
    "可达",
    "实现",
    "为",
    "占",
    "占比",
    "占到",
    "占比为",
    "控制在",
    "不低于",
    "不少于",
    "超过",
    "不超过",
    "不高于",
)


def _by_default(operator: str, name: str) -> str | None:
    """A floor or a share rises, a ceiling falls."""
    if operator in ("=", "~", "range") and re.search(r"(?:率|比例|占比|比重)$", name):
        return "increase"
    return {">=": "increase", "<=": "decrease"}.get(operator)


def _operator(predicate: Predicate, value: Quantity, suffix: str) -> str:
    if value.high is not None:
        return "range"
    if suffix in ("左右", "上下") or value.about:
        return "~"
    if suffix in ("以上", "及以上"):
        return ">="
    if suffix in ("以内", "之内", "以下", "及以下"):
        return "<="
    return predicate.operator


def _hedges(quote: str, predicate: Predicate, suffix: str, about: str) -> tuple[str, ...]:
    found = list(dict.fromkeys(_HEDGES.findall(quote)))
    for word in predicate.hedges:
        if word not in found and word not in ("基本", "确保"):
            found.append(word)
    if about:
        found.append(about)
    if suffix:
        found.append(suffix.removeprefix("及"))
    return tuple(found)
