"""The best mix of measures: tables → linopy/HiGHS → tables.

Options of one source are exclusive shares that sum to 1 at most, so nothing is counted twice.
"""
