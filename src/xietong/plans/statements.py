"""Numbers that something is stated to reach: 占比达到20%, 分别下降10%、5%, 100%执行标准."""

import re

from xietong.plans.counts import Counting
from xietong.plans.model import Target
from xietong.plans.passage import BASE_WORDS, EACH
from xietong.plans.phrases import distribute, split_list, split_phrase, strip_lead
from xietong.plans.predicates import Predicate, find_count_verb, find_predicate
from xietong.plans.quantities import COUNT_UNITS, Quantity
from xietong.plans.years import speaks_of_past

STOP_AFTER = re.compile(
    r"^(?:$|[，、。；：）)”》\]]|/(?=\d)|的(?:任务|目标|水平|要求|控制目标|标准)|和|及|与|并|以及|；|水平|目标|任务|(?:节能|节水|能效)?(?:要求|标准)|[（(]|或更|或者?(?=[较比]|[^，。；]{0,4}(?:提高|下降|增长))|，)"
)
_DOES = r"(?:达到|达|建成|完成|实现|开展|实施|执行|采用|使用|接入|纳入|具备|创建|通过|满足|按照?)"
_ALL_DO = re.compile(rf"^(?P<what>{_DOES}[^，。；、\d]{{2,24}})(?=$|[，。；、）)])")
_SHARE_DOES = re.compile(
    rf"^的?(?P<what>[^，。；、\d]{{2,24}}?{_DOES}[^，。；、\d]{{2,24}})(?=$|[，。；、）)])"
)
_GRANT = re.compile(r"补贴|奖励|补助|资助|给予|罚款|最高|上限")
_HOPED = re.compile(r"(?:力争|争取)(?:到|在)?20\d\d年(?:底|末)?(?:以?前)?$")
_ABLE = re.compile(r"(?:基本)?(?:具备|形成|拥有)(?:不低于|超过|约)?$")
_YEAR_ALONE = re.compile(r"(?:到|至)?20\d\d年(?:底|末)?(?:以?前)?$")
_DOING = re.compile(r"^(?:建成|建设|新建|打造|培育|创建|推广|布局|认定|形成|完成|实施)(?=.{2})")


class Reading(Counting):
    """All forms of targets for one list of numbers."""

    def targets(self) -> list[Target]:
        first, last = self.group[0], self.group[-1]
        rest = self.masked[last.end :]
        stops = bool(STOP_AFTER.match(rest))
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
        if self.masked[value.start - 1 : value.start] in ("，", "："):
            words = ""
        who = strip_lead(_YEAR_ALONE.sub("", words)).strip("，、：")
        if re.fullmatch(r"(?:力争|争取|确保|实现|推动|全[省市区县国])*", who):
            found, who = _SHARE_DOES.match(rest), ""
        elif able := _ABLE.search(who):  # 电网具备5%以上的尖峰负荷响应能力
            found, who = (
                re.match(r"的?(?P<what>[^，。；、\d]{2,16}能力)", rest),
                who[: able.start()],
            )
        else:
            found = None if value.suffix else _ALL_DO.match(rest)
            if find_predicate(self.masked, value.start, self.previous):
                return []
        if not found or speaks_of_past(self._before(value.start)):
            return []
        hedge = re.search(
            r"(?:力争|争取|确保)$", self.sentence[max(0, value.start - 2) : value.start]
        )
        begin = start if who else value.start - (len(hedge.group()) if hedge else 0)
        quote = self.sentence[begin : value.end + found.end()].strip("，、：")
        predicate = Predicate(value.start, value.start, "", "=", "increase", None, ())
        return [self._make(predicate, who + found["what"], None, (), value, quote)]

    def _bare_is(self, predicate: Predicate, first: Quantity) -> bool:
        """为, 是, 占 count only with shares and measured amounts, not with 为3个."""
        return predicate.word in ("是", "为") and bool(COUNT_UNITS.match(first.unit))

    def _stated(self, predicate: Predicate) -> list[Target]:
        start, words = self._left(predicate.start)
        words = BASE_WORDS.sub("", words)
        each = EACH.search(words + self.masked[predicate.start : predicate.end])
        words = strip_lead(EACH.sub("", words)).strip("，、：")
        words = re.sub(
            r"(?:指标|目标)?(?:力争|争取|原则上|努力|确保|将|要|应|可|总体|基本)+$", "", words
        )
        if predicate.measure == "increment":
            return self._counted(predicate, words, stops=True)
        words = _YEAR_ALONE.sub("", words)
        if words in ("", "或", "或者"):
            return self._carried_on(predicate)
        words = re.sub(r"[由从][^，由从]*\d[^，由从]*$", "", words)  # 由60%提高到85%
        if self.group[0].unit.endswith("元") and _GRANT.search(self._before(predicate.start)):
            return []
        if not words or len(words) > 90 or speaks_of_past(self._before(predicate.start)):
            return []
        quote = self._quote(start)
        self.scope.last_start = start
        values = self.group
        if predicate.word == "提升" and re.search(r"亩|公顷|平方米|公里", values[0].unit):
            words += predicate.word  # 森林抚育提升2万亩
        if predicate.measure == "increment" and not words.startswith("新增"):
            quote = self._quote(predicate.start) if not words else quote
        shared = self._shared_out(predicate, words, quote, start, each=bool(each))
        if shared:
            return shared
        own = re.search(r"全[省市区县州国]$", self.masked[max(0, start - 2) : start])
        if COUNT_UNITS.match(values[0].unit):
            words = _DOING.sub("", re.sub(r"^(?:每年|累计|年均)+(?=..)", "", words)) or words
        name, subject, many = self._single(words)
        if name in ("占比", "比例", "比重") and self.scope.last and not (subject or many):
            subject = self.scope.last.indicator  # 装机达到1000万千瓦、占比超过50%
        if subject and own:
            subject, quote = own.group() + subject, own.group() + quote
        return [self._make(predicate, name, subject, many, value, quote) for value in values]

    def _shared_out(
        self, predicate: Predicate, words: str, quote: str, start: int, *, each: bool
    ) -> list[Target]:
        """A number for each subject or year (分别), one number for each of several (均)."""
        values = self.group
        if len(values) == 1:
            items = self._items(words) if each else []
            return [
                self._make(predicate, name, subject, (), values[0], quote)
                for name, subject in items
            ]
        # 电机、变压器占比提高20个和10个百分点 says 分别 without the word
        names = None
        if each or len(split_list(words)) == len(values):
            names = distribute(words, len(values))
        if names:
            return [
                self._make(predicate, name, subject, (), value, quote)
                for (name, subject), value in zip(names, values, strict=True)
            ]
        years = self._years_for_each(start)
        if not each or len(years) != len(values):
            return []
        return [
            self._make(predicate, *self._single(words), value, quote, year)
            for year, value in zip(years, values, strict=True)
        ]

    def _carried_on(self, predicate: Predicate) -> list[Target]:
        """到2030年，达到26%: of what the sentence before spoke of."""
        last = self.scope.last
        unit = self.group[-1].unit.replace("％", "%")
        points = last is not None and last.unit == "%" and unit.endswith("百分点")
        if last is None or (last.unit != unit and not points):
            return []
        start = self.scope.last_start
        if start is None:
            hedge = _HOPED.search(self.sentence, max(0, predicate.start - 20), predicate.start)
            start = hedge.start() if hedge else predicate.start
        quote = self._quote(start)
        return [
            self._make(predicate, last.indicator, last.subject, last.subjects, value, quote)
            for value in self.group
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
