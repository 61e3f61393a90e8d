"""Use cases: who may, load, run the pure functions, save, audit. The only caller of ``store``."""
