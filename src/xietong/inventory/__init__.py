"""The fused inventory: activity tables through all methods to emissions, totals, explanations, checks."""
