"""Use cases: who may, load, run, save. The only place that knows the store."""
