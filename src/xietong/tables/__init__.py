"""What each table of activity must look like: one TOML file a sheet, checked at the door.

>>> from xietong import tables
>>> tables.schema("fuel_use").title
'燃料燃烧'
"""

from xietong.tables.check import Checked, check
from xietong.tables.problem import Problem, refuse
from xietong.tables.schema import Column, Schema, schema, schemas

__all__ = ["Checked", "Column", "Problem", "Schema", "check", "refuse", "schema", "schemas"]
