"""Speed of the plan parser: the real documents in one process, and a text of 10 MB against 1 MB.

Run: ``python benchmarks/plan_parser.py [--profile]`` with XIETONG_PLANS naming the folder of the real
documents. Prints seconds (cold: the first parse of the process, after its imports), and the ratio of seconds per character of the
large text to the small one in the same run: about 1 means linear.
"""

import cProfile
import os
import pstats
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from xietong.plans.parse import parse_document


def _timed(path: Path) -> float:
    start = time.perf_counter()
    parse_document(path)
    return time.perf_counter() - start


def _long_text(megabytes: float) -> str:
    """Chapters of the sample plan, numbered on, until the text is long enough."""
    sample = (files("xietong.plans") / "sample" / "sample.txt").read_text(encoding="utf-8")
    start = sample.index("（二）推动能源绿色低碳转型")
    clause = sample[start + 3 : sample.index("（三）形成绿色生活方式")].strip()
    parts = ["长文实施方案\n"]
    size = 0
    for chapter in range(1, 99):
        parts.append(f"{_chinese(chapter)}、推进工作\n")
        for number in range(1, 99):
            parts.append(f"（{_chinese(number)}）{clause}\n")
            size += len(parts[-1].encode())
            if size > megabytes * 1e6:
                return "".join(parts)
    filler = clause.split("。（")[0] + "。"
    more = int(megabytes * 1e6 - size) // len(filler.encode()) // (98 * 98) + 1
    return "".join(parts).replace(filler, filler * (more + 1))


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (
        (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
    )


def _profile(documents: list[Path]) -> None:
    """Where the time of a warm run goes."""
    profile = cProfile.Profile()
    for document in documents:
        profile.runcall(parse_document, document)
    pstats.Stats(profile).sort_stats("tottime").print_stats(15)


def main() -> None:
    folder = os.environ.get("XIETONG_PLANS")
    if folder:
        documents = sorted(Path(folder).glob("*.txt"))
        for state in ("cold", "warm"):
            total = sum(_timed(document) for document in documents)
            print(f"{len(documents)} real documents in one {state} process: {total:.2f} s")
        if "--profile" in sys.argv:
            _profile(documents)
    with tempfile.TemporaryDirectory() as place:
        seconds = {}
        for size in (1, 10):
            path = Path(place) / f"{size}.txt"
            path.write_text(_long_text(size), encoding="utf-8")
            seconds[size] = min(_timed(path) for _ in range(2 if size == 1 else 1))
            print(f"text of {size} MB: {seconds[size]:.2f} s")
        print(f"10 MB per MB against 1 MB: {seconds[10] / 10 / seconds[1]:.2f}")


if __name__ == "__main__":
    main()
