"""Imports a large plan into a workspace, edition after edition, until somebody kills it.

``python import_for_ever.py FOLDER``; prints the number of each edition once it is stored.
"""

import sys
from dataclasses import replace

from plans_by_hand import CLAUSES, plan, target

from xietong.app.plans.importing import store_plan
from xietong.app.workspace import open_desk

SIZE = 300


def edition(number):
    """Edition ``number``: every row says which edition it is of."""
    clauses = tuple(
        replace(CLAUSES[0], id=f"1.{n}", heading=f"第{n}条", text=f"版{number}")
        for n in range(SIZE)
    )
    targets = tuple(target(f"1.{n}", f"指标{n}", float(number)) for n in range(SIZE))
    return plan(clauses=clauses, targets=targets, sha256=f"{number:064d}")


if __name__ == "__main__":
    desk = open_desk(sys.argv[1])
    number = int(sys.argv[2])
    while True:
        store_plan(desk, edition(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1
