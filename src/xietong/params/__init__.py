"""Parameters: one value, one row, one source; answered by year or by date, chosen by name.

>>> from xietong import params
>>> table = params.load("combustion/carbon", programme="ets-2024", years=[2024])
>>> table.wide.filter(fuel="lignite").select("carbon_kg_per_gj", "oxidised_share").row(0)
(27.97, 0.99)
"""

from xietong.params.compare import compare
from xietong.params.load import Parameters, load, on
from xietong.params.sources import Source, source, sources
from xietong.params.topic import Topic, programmes, read_long, topic, topics

__all__ = [
    "Parameters",
    "Source",
    "Topic",
    "compare",
    "load",
    "on",
    "programmes",
    "read_long",
    "source",
    "sources",
    "topic",
    "topics",
]
