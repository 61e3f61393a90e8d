"""The sheets of a catalogue of measures: ``measures``, ``edits``, and the values ``effect``, ``cost``."""

from xietong.measures.measure import EDITS
from xietong.tables.schema import Column, Schema

MEASURES = Schema(
    "measures",
    "措施",
    "Measures",
    "一行一项措施。数值不写在这里：潜力与效果在 effect，成本在 cost，每个数值带来源。",
    (
        Column("id", "措施编号", "text", required=True, key=True),
        Column("name_zh", "名称", "text", required=True),
        Column("name_en", "英文名称", "text", default=""),
        Column("group", "互斥组", "text", default=""),
        Column("sector", "行业", "sector"),
        Column("theme", "规划任务", "text", default=""),
        Column("unit", "单位", "text", default=""),
        Column("valid_from", "起始年", "year"),
        Column("valid_to", "终止年", "year"),
        Column("regions", "地区代码", "text", default=""),
        Column("note", "说明", "text", default=""),
    ),
)
EDITS_SHEET = Schema(
    "edits",
    "措施的修改",
    "Edits of measures",
    "一行一步修改；同一措施按步骤次序执行。",
    (
        Column("measure", "措施编号", "text", required=True, key=True),
        Column("step", "步骤", "number", required=True, key=True, min=1, max=99),
        Column("table", "活动表", "text", required=True),
        Column("where", "筛选", "text", default=""),
        Column("edit", "修改", "choice", required=True, choices=tuple(f"{e}={e}" for e in EDITS)),
        Column("column", "数量列", "text", default=""),
        Column("of", "依据步骤", "number", min=1, max=99),
        Column("amount_per_unit", "每单位数量", "text", default=""),
        Column("value", "变化份额", "text", default=""),
        Column("to_table", "去向活动表", "text", default=""),
        Column("to", "去向", "text", default=""),
        Column("to_column", "去向数量列", "text", default=""),
        Column("ratio", "换算比", "text", default=""),
        Column("note", "说明", "text", default=""),
    ),
)
SHEETS = {one.name: one for one in (MEASURES, EDITS_SHEET)}
VALUES = ("effect", "cost")
