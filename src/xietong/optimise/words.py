"""An answer in words, Chinese and English: status, cost, prices of the next tonne, limits, conflicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from xietong.optimise.problem import GREATEST_BENEFIT, GREATEST_REDUCTION, Problem
from xietong.optimise.quantities import shown

Words = list[dict[str, str]]
KINDS = {
    "max_share": ("项措施已到最大份额", "measure(s) at the greatest share"),
    "exclusive": ("个源已全部用上措施", "source(s) fully taken by measures"),
    "build_rate": ("项措施受建设速度限制", "measure(s) at the build rate"),
}
SHOWN = 8


def number(value: float) -> str:
    """Four digits, thousands kept apart.

    >>> number(1234567.0), number(0.12345), number(15.0)
    ('1,235,000', '0.1235', '15')
    """
    if value == 0 or abs(value) < 1e-12:
        return "0"
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:g}"


def money(value: float, language: str = "zh") -> str:
    """An amount of money as people say it.

    >>> money(175.0), money(25_000.0), money(340_000_000.0), money(340_000_000.0, "en")
    ('175 元', '2.5 万元', '3.4 亿元', 'CNY 340 million')
    """
    size = abs(value)
    if language == "en":
        return f"CNY {number(value / 1e6)} million" if size >= 1e6 else f"CNY {number(value)}"
    if size >= 1e8:
        return f"{number(value / 1e8)} 亿元"
    return f"{number(value / 1e4)} 万元" if size >= 1e4 else f"{number(value)} 元"


def tell(problem: Problem, answer: Mapping[str, Any], relaxed: bool = False) -> Words:
    """All sentences of an answer, most important first."""
    told = _status(problem, answer, relaxed)
    told += conflict_words(answer["conflicts"])
    if answer["objective"] is None:
        return told
    told += _totals(problem, answer)
    if not relaxed:
        told += _prices(problem, answer["shadow_prices"], answer.get("solver") == "shares")
    told += _limits(answer["limits"])
    return told


def _line(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _status(problem: Problem, answer: Mapping[str, Any], relaxed: bool) -> Words:
    status, cost = answer["status"], float(answer.get("cost") or 0.0)
    if status == "infeasible" and not relaxed:
        return [_line("各项要求不能同时满足。", "The limits cannot all be met.")]
    if status == "infeasible":
        return [
            _line(
                f"各项要求不能同时满足。最近的可行方案{_per_year(problem)}{money(cost)}。",
                f"The limits cannot all be met. The nearest possible answer costs {money(cost, 'en')}"
                f"{_per_year_en(problem)}.",
            )
        ]
    if status == "unbounded" or answer["objective"] is None:
        return [_line("没有得到结果（已停止）。", "No result (stopped).")]
    stopped = status == "stopped"
    sure = f"（与最优相差不超过 {answer['gap']:.2%}）" if answer["gap"] else ""
    sure_en = f" (within {answer['gap']:.2%} of the best)" if answer["gap"] else ""
    if problem.goal == GREATEST_REDUCTION:
        zh = f"预算内最多削减 {number(-answer['objective'])}（加权吨），{_per_year(problem)}{money(cost)}{sure}。"
        en = f"At most {number(-answer['objective'])} weighted t reduced, at {money(cost, 'en')}{_per_year_en(problem)}{sure_en}."
    elif problem.goal == GREATEST_BENEFIT:
        zh = f"净效益最大 {money(-answer['objective'])}，其中成本 {money(cost)}{sure}。"
        en = f"Greatest net benefit {money(-answer['objective'], 'en')}, of which cost {money(cost, 'en')}{sure_en}."
    else:
        zh = f"满足全部要求的最低成本：{_per_year(problem)}{money(cost)}{sure}。"
        en = f"Least cost that meets every limit: {money(cost, 'en')}{_per_year_en(problem)}{sure_en}."
    if stopped:
        zh, en = f"提前停止时的最好结果。{zh}", f"The best found when stopped. {en}"
    return [_line(zh, en)]


def _per_year(problem: Problem) -> str:
    return "每年 " if len(problem.years) == 1 else "各年贴现合计 "


def _per_year_en(problem: Problem) -> str:
    return " per year" if len(problem.years) == 1 else " over the years, discounted"


def _totals(problem: Problem, answer: Mapping[str, Any]) -> Words:
    told = []
    goals = dict.fromkeys([one.what for one in problem.targets] + list(problem.prices))
    for what in goals:
        one = answer["totals"][what]
        share = f"，为基准的 {one['reduced'] / one['baseline']:.1%}" if one["baseline"] else ""
        share_en = (
            f", {one['reduced'] / one['baseline']:.1%} of the baseline" if one["baseline"] else ""
        )
        told.append(
            _line(
                f"{problem.years[-1]} 年{shown(what)}削减 {number(one['reduced'])} {one['unit']}{share}。",
                f"{shown(what, 'en')} cut by {number(one['reduced'])} {one['unit']} in {problem.years[-1]}{share_en}.",
            )
        )
    return told


def _fixed(problem: Problem, relaxed: bool) -> tuple[str, str]:
    """What the price of an indivisible problem means."""
    if not problem.whole:
        return "", ""
    if relaxed:
        return "（按可分的松弛问题）", " (of the divisible relaxation)"
    return "（整体措施取定后）", " (with the indivisible choices fixed)"


def _prices(problem: Problem, prices: Sequence[Mapping[str, Any]], relaxed: bool) -> Words:
    told = []
    whole, whole_en = _fixed(problem, relaxed)
    for one in prices:
        value = one["value"]
        if value == 0 or problem.goal == GREATEST_REDUCTION:
            continue
        unit = one["unit"].split("/")[1]
        if one["kind"] == "target":
            name, name_en = shown(one["what"]), shown(one["what"], "en")
            if unit == "1":
                zh = f"{one['target']}：再削减 1 个单位 {name} 要花 {money(value)}{whole}。"
                en = f"{one['target']}: the next unit of {name_en} costs {money(value, 'en')}{whole_en}."
            else:
                zh = f"{one['target']}：再多削减 1 {unit} {name} 要花 {money(value)}{whole}。"
                en = f"{one['target']}: the next {unit} of {name_en} costs {money(value, 'en')}{whole_en}."
        elif one["kind"] == "budget":
            zh = f"预算 {one['target']}（{one['year']}）：多 1 元可省 {number(value)} 元{whole}。"
            en = f"Budget {one['target']} ({one['year']}): one more yuan saves {number(value)}{whole_en}."
        else:
            zh = f"公平约束 {one['target']}（{one['year']}）在起作用{whole}。"
            en = f"Fairness {one['target']} ({one['year']}) binds{whole_en}."
        told.append(_line(zh, en))
    if problem.goal == GREATEST_REDUCTION:
        for one in prices:
            if one["kind"] == "budget" and one["value"] > 0:
                told.append(
                    _line(
                        f"预算 {one['target']} 再多 1 万元可多削减 {number(one['value'] * 1e4)} 加权吨{whole}。",
                        f"CNY 10,000 more of budget {one['target']} bring {number(one['value'] * 1e4)} weighted t{whole_en}.",
                    )
                )
    return told[: 3 * SHOWN]


def _limits(limits: Sequence[Mapping[str, Any]]) -> Words:
    set_by_person = [f"{one['name']}" for one in limits if one["name"]]
    told = []
    if set_by_person:
        few = "、".join(set_by_person[:SHOWN]) + ("…" if len(set_by_person) > SHOWN else "")
        told.append(_line(f"起约束作用的要求：{few}。", f"Limits that bind: {few}."))
    for one in limits:
        if one["kind"] in KINDS:
            zh, en = KINDS[one["kind"]]
            told.append(
                _line(
                    f"{one['year']} 年 {one['count']} {zh}。",
                    f"{one['count']} {en} in {one['year']}.",
                )
            )
    return told


def conflict_words(conflicts: Sequence[Mapping[str, Any]]) -> Words:
    """Which limits conflict, what each has to give, how far it would go alone."""
    if not conflicts:
        return []
    together = [one["target"] for one in conflicts if one["in_conflict"]]
    told = []
    if len(together) == 1:
        told.append(
            _line(f"{together[0]} 单独就达不到。", f"{together[0]} is out of reach by itself.")
        )
    elif together:
        told.append(
            _line(
                f"互相冲突的要求：{'、'.join(together)}；去掉其中任何一项就可行（就这一组而言）。",
                f"These conflict: {', '.join(together)}; without any one of them this set is possible.",
            )
        )
    for one in conflicts:
        if not one["short_by"]:
            continue
        said = [number(one[key]) for key in ("short_by", "wanted", "possible")]
        cap = one["possible_cap"]
        zh = f"{one['target']} 差 {said[0]} {one['unit']}：要求 {said[1]}，可做到 {said[2]}"
        en = f"{one['target']} is short by {said[0]} {one['unit']}: wanted {said[1]}, possible {said[2]}"
        if cap is not None:
            zh, en = f"{zh}（上限放宽到 {number(cap)}）", f"{en} (a cap of {number(cap)})"
        if one["reachable_alone"] is not None:
            zh = f"{zh}；只看这一项最多 {number(one['reachable_alone'])}"
            en = f"{en}; alone at most {number(one['reachable_alone'])}"
        told.append(_line(f"{zh}。", f"{en}."))
    return told
