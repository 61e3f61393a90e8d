"""Counts and amounts that are to be done: 建成充电站10座, 新增清洁取暖面积500万平方米."""

import re
from dataclasses import replace
from itertools import pairwise

from xietong.plans.model import Target
from xietong.plans.passage import EACH, Passage
from xietong.plans.phrases import strip_lead
from xietong.plans.predicates import Predicate
from xietong.plans.quantities import COUNT_UNITS
from xietong.plans.years import speaks_of_past

_SIZE_NOUN = re.compile(r"^[^，。；]{0,24}?(?:项目|工程|机组|生产线|特高压|线路|锅炉|示范区建设)")
_NOUN = re.compile(
    r"(?:的)?(?:[^，。；、（(\d]{1,16}(?:突出|强|高|好|大|优|显著|明显|先进|广|快|新)、(?=[^，。；、]*的))?"
    r"(?:(?!(?:和|及|与|以及)\d)[^，。；、（(]){1,40}"
)
_CHAIN = re.compile(
    r"^(?P<noun>[^，。；、\d]{0,30})(?P<mark>、|和|及|与|以及|，)(?P<thing>[^，。；、\d]{0,20})$"
)
_PERIOD = re.compile(
    r"[“\"「]?十[二三四五六]五[”\"」]?(?:时期|期间|末|期末)?|(?:到|至)?20\d\d年(?:底|末)?前?"
)
_IN_ALL = re.compile(r"^(?:共计?|合计|总计)\d[\d.,]*[百千万亿]*(?:千瓦|吨|平方米|蒸吨|公里|亩)")
_RESULT = ("修复", "改造", "治理", "整治", "绿化", "改造提升", "更新", "替换", "建设")
# What stands beside a count without being one more of what is to be made.
_OTHER = re.compile(r"总|投资|现有|已|其中|涉及|覆盖|惠及|服务|面积|达|率|年|不|可|为|在|对|以|等")
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


class Counting(Passage):
    """A verb of doing with what is counted."""

    def _counted(self, predicate: Predicate, thing: str, *, stops: bool) -> list[Target]:
        if speaks_of_past(self._before(predicate.start)):
            return []
        first, last = self.group[0], self.scope.last
        if self.masked[first.start - 1 : first.start] in tuple('“「"'):
            return []  # 建立“1个平台、2张清单”: a slogan
        end = self.group[-1].end
        name = re.sub(r"^[（(]?(?:其中)?[，：]?", "", thing.strip("的了，"))
        name = re.sub(r"^[^（(]*[）)]", "", name)  # 淘汰（关停）燃煤锅炉35台
        if not stops:
            noun = _NOUN.match(self.masked, end)
            name = (noun.group().removeprefix("的") if noun else "") or name
            name = _IN_ALL.sub("", name)  # 完成6台共210万千瓦机组改造
            end += len(noun.group()) if noun else 0
        if not name and predicate.word.endswith("造林"):
            name = predicate.word
        if not name:
            start, words = self._left(predicate.start)
            name = re.sub(r"^[（(]?(?:其中)?[，：]?", "", strip_lead(words).strip("，、："))
            if not name and last and last.unit == first.unit.replace("％", "%"):
                name, start = last.indicator, predicate.start  # 建成15个（其中新增5个）
            if not name:
                return []
            if _PERIOD.fullmatch(name):
                name, start = predicate.word, predicate.start
            elif predicate.word in _RESULT and name != (last.indicator if last else ""):
                name += predicate.word  # 红树林营造修复100公顷
            quote = self.sentence[start:end]
        else:
            quote = self.sentence[predicate.start : end]
            quote = re.sub(r"^(?:力争|争取|累计|每年|计划)+(?=.{3})", "", quote)
        inside = self.scope.counting and name == (last.indicator if last else "")
        going_on = self.scope.counting[0] if self.scope.counting and inside else predicate
        self.scope.counting = (going_on, self.group[-1].end)
        years = self._years_for_each(first.start)
        each = EACH.search(self.masked[self.previous : first.start])
        if each and len(years) == len(self.group) > 1:  # 到2024年、2025年，分别完成20家、40家
            return [
                self._make(predicate, name, None, (), value, quote.strip("，"), year)
                for value, year in zip(self.group, years, strict=True)
            ]
        if each and len(self.group) == 1 and self._side_by_side():
            return [
                self._make(predicate, name, None, (), first, quote.strip("，"), year)
                for year in years
            ]
        return [
            self._make(predicate, name, None, (), value, quote.strip("，")) for value in self.group
        ]

    def _side_by_side(self) -> bool:
        """“十四五”、“十五五”期间分别新增: the same amount in each."""
        marks = [mark for mark in self.marks if mark.start < self.group[0].start]
        return len(marks) > 1 and all(
            re.fullmatch(r"[”\"」、和及“\"「期间时]*", self.masked[first.end : second.start])
            for first, second in pairwise(marks)
        )

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
        if between["mark"] == "，" and (not 3 <= len(thing) <= 16 or _OTHER.search(thing)):
            return []
        if bool(thing) != stops or (thing and between["noun"].strip("）)")):
            return []
        begin = first.start - len(thing)
        return self._counted(replace(predicate, start=begin), thing, stops=stops)

    def _counts_what_follows(self, counted: tuple[Predicate, str], rest: str) -> bool:
        first = self.group[0]
        done = counted[0].word in _DONE and counted[1] in ("", "对")
        if done and len(self.group) == 1 and not COUNT_UNITS.match(first.unit):
            return not first.unit.endswith("元")
        if len(self.group) > 1 and EACH.search(self.masked[self.previous : first.start]):
            return len(self._years_for_each(first.start)) == len(self.group)
        if len(self.group) > 1 or (_SIZE_NOUN.match(rest) and not COUNT_UNITS.match(first.unit)):
            return False
        if COUNT_UNITS.match(first.unit):
            return not re.match(r"(?:月|方面|层面|环节|阶段|领域|行业|维度)", rest)
        return self._year(first.start) is not None and not _SIZE_NOUN.match(rest)
