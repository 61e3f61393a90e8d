"""A quick certified solver for exclusive measures of many sources under a few targets."""

from xietong.optimise.shares.solve import ShareSolution, solve_shares

__all__ = ["ShareSolution", "solve_shares"]
