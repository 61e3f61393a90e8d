"""One list of numbers within its sentence: the words before it, its year, baseline and quote."""

import re
from dataclasses import dataclass

from xietong.plans.model import Target
from xietong.plans.phrases import strip_lead
from xietong.plans.predicates import Predicate
from xietong.plans.quantities import Quantity
from xietong.plans.records import make_target
from xietong.plans.years import YearMark, baseline_year

EACH = re.compile(r"(?:分别|(?<![平年人户亩地月日])均|依次)")
BASE_WORDS = re.compile(
    r"(?:，?(?:比|较|与|相较于?|以|在)20\d\d年(?:水平|末|底)?的?(?:相比|为基[准期数年]|基础上)?[，]?|同比|在现有(?:水平|基础)的?(?:基础)?上?)"
)
_BASE_FOR_ALL = re.compile(
    r"(?:在|以)(?P<year>20\d\d)年(?:水平)?(?:的?基础上|[^。；]{0,24}?为基[准期数年])"
)


@dataclass
class Scope:
    """The year that governs, and whether it was carried over from an earlier sentence."""

    year: int | None = None
    last: Target | None = None  # carried on by 到2030年，达到26%
    last_start: int | None = None  # where its quote starts, within the same sentence
    counting: tuple[Predicate, int] | None = None  # 创建300家甲和2000家乙: the verb goes on


@dataclass
class Passage:
    """One list of numbers in its sentence, and where the previous one ended."""

    sentence: str
    masked: str
    group: list[Quantity]
    previous: int
    marks: list[YearMark]
    scope: Scope
    clause: str

    def _left(self, end: int) -> tuple[int, str]:
        """Start and text of the words before the verb, back to the comma that opens them."""
        start = self._comma_before(end)
        words = self.masked[start:end]
        bare = BASE_WORDS.sub("", strip_lead(EACH.sub("", words))).strip("，、：")
        if not bare and start > self.previous:
            start = self._comma_before(start - 1)
            words = self.masked[start:end]
        for mark in reversed(self.marks):
            if mark.start < start:
                break
            if start <= mark.start < end and self.masked[mark.start - 1 : mark.start] not in (
                "比",
                "较",
            ):
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
                if depth < 0:  # within a bracket that closes behind the number
                    return at + 1
            elif char in "，,：:" and depth <= 0:
                if self.masked[at - 4 : at] and re.search(
                    r"20\d\d年(?:水平)?(?:相比|基础上)$", self.masked[max(0, at - 16) : at]
                ):
                    continue
                return at + 1
        return self.previous

    def _before(self, end: int) -> str:
        return self.masked[max(0, self._comma_before(end) - 24) : end]

    def _quote(self, start: int) -> str:
        quote = self.sentence[start : self.group[-1].end].strip("，、：")
        hedge = re.search(r"(?:力争|争取)$", self.sentence[max(0, start - 2) : start])
        return (hedge.group() if hedge else "") + quote

    def _year(self, at: int) -> int | None:
        before = (mark.year for mark in reversed(self.marks) if mark.start < at)
        return next(before, self.scope.year)

    def _baseline(self, predicate: Predicate, value: Quantity) -> int | None:
        """The year printed next to the number, or one that the sentence gives for all changes."""
        own = baseline_year(self.sentence[self._comma_before(predicate.start) : value.start])
        if own or predicate.operator != "=" or predicate.measure or not predicate.direction:
            return own
        for_all = _BASE_FOR_ALL.search(
            self.sentence, max(0, predicate.start - 400), predicate.start
        )
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
        return make_target(
            predicate,
            name,
            subject,
            subjects,
            value,
            quote,
            clause=self.clause,
            year=year or self._year(value.start),
            suffix=value.suffix or self.group[-1].suffix,
            baseline=self._baseline(predicate, value),
        )
