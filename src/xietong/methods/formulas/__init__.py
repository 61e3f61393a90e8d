"""Formulas that several methods share: each a few expressions a chemist can read."""
