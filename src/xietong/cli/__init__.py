"""The command line: each command calls one use case of ``app`` and prints what it returns."""
