"""Names of the field and what they mean: regions, responsible units, units of measure, indicators.

Each vocabulary is a table beside its small module; import the module you need. Nothing is read
before it is asked for.
"""
