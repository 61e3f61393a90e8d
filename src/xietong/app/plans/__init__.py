"""The library of plans: import, look up, review."""
