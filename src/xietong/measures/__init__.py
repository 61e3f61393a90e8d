"""Measures: rows of edits on the inventory's tables, and the catalogue of them.

How a measure is written: ``docs/how-to/measures.md``.
"""
