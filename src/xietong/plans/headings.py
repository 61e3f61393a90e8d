"""Where a heading ends and its text begins."""

import re

from xietong.plans.brackets import find_brackets
from xietong.plans.lines import CleanLine

LONGEST = 48  # characters; a longer first sentence is text, not a heading
_SENTENCE = re.compile(r"^[^。；！？：:]{2,}?(?P<mark>[。：:；！？])")
_TALKS = re.compile(r"(?:20\d\d年|达到|不低于|不少于|[\d.]+%)")


def split_heading(lines: list[CleanLine], width: int) -> tuple[str, str]:
    """Heading and text of a numbered block.

    The heading ends at its full stop or colon, at a line break, or at a bracket of units; an item
    that is one long sentence has the words up to its first comma as heading and all of it as text.
    ``width`` is the length of a full line where the text was broken by a fixed width, else 0.
    """
    if not lines:
        return "", ""
    first, joined = lines[0].text, "".join(line.text for line in lines)
    brackets = find_brackets(joined)
    if (
        brackets
        and brackets[0][0] <= LONGEST
        and not re.search("[。：:；]", joined[: brackets[0][0]])
    ):
        start = brackets[0][0]
        if len(joined) - start < 4 or start == len(first) or brackets[0][1] >= len(first):
            return _bare(joined[:start]), joined[start:]
    alone = _line_alone(lines, width)
    if alone:
        return _bare(first), joined[len(first) :].lstrip("。：")
    found = _SENTENCE.match(joined)
    if not found:
        return (_bare(joined), "") if len(joined) <= LONGEST * 2 else (_lead_words(joined), joined)
    end = found.end()
    sentence = joined[: end - 1]
    short = len(sentence) <= LONGEST and not (_TALKS.search(sentence) and "，" in sentence)
    if short and found.group("mark") != "；":
        return _bare(sentence), joined[end:]
    return _lead_words(sentence), joined


def _line_alone(lines: list[CleanLine], width: int) -> bool:
    """True where the first line is a heading that a line break ends."""
    first = lines[0].text
    if len(lines) == 1 or len(first) > LONGEST or re.search(r"[。；，、！？：:]", first):
        return False
    if not width:
        return True
    return len(first) < width * 0.75


def _bare(text: str) -> str:
    return text.strip("。：:；，、 ")


def _lead_words(sentence: str) -> str:
    words = re.split(r"[，：:；]", sentence, maxsplit=1)[0]
    return _bare(words if len(words) <= LONGEST else words[:LONGEST])
