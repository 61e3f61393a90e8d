"""A first basis for a large continuous model: its regions solved one by one, then put together.

Without the limits that tie regions together (targets on all regions, budgets) the model falls into
parts. Their optimal bases, with the tying limits left loose, are a start that is dual feasible; the whole
model needs few further steps. What is solved in the end is the whole model: the start changes its time only.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xietong.optimise.model import Model
from xietong.optimise.problem import ALL, Problem
from xietong.optimise.solve import Progress, Stop, never, no_progress

FROM = 20_000  # columns; smaller models are as quick without
LARGEST = 0.6  # a part with more than this share of the columns is not worth it
PARTS = 40
THREADS = 2


def warm(
    problem: Problem, model: Model, on_progress: Progress = no_progress, stop: Stop = never
) -> int:
    """Give the model a first basis; the number of parts, 0 where it was left as it is."""
    if len(model.whole) or problem.fairness or model.highs.getNumCol() < FROM:
        return 0
    loose = _tying(problem, model)
    lp = model.highs.getLp()
    matrix = _matrix(lp)
    part = _parts(matrix, loose)
    sizes = np.bincount(part[0])
    if len(sizes) < 2 or sizes.max() > LARGEST * sizes.sum():
        return 0
    columns = np.full(len(part[0]), -1, dtype=np.int64)
    rows = np.full(len(part[1]), -1, dtype=np.int64)
    done = 0

    def one(number: int) -> bool:
        nonlocal done
        if stop():
            return False
        own_columns, own_rows = (np.flatnonzero(side == number) for side in part)
        found = _solved(lp, matrix, own_columns, own_rows)
        if found is None:
            return False
        columns[own_columns], rows[own_rows] = found
        done += 1
        on_progress(0.2 + 0.4 * done / len(sizes), f"分区 parts {done}/{len(sizes)}")
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        if not all(list(threads.map(one, range(len(sizes))))):
            return 0
    _set(model.highs, columns, rows)
    return len(sizes)


def _tying(problem: Problem, model: Model) -> NDArray[np.int64]:
    """Rows that reach over regions."""
    everywhere = {one.id for one in problem.targets if one.region == ALL}
    return np.array(
        [row.at for row in model.rows if row.kind != "target" or row.id in everywhere],
        dtype=np.int64,
    )


def _matrix(lp: Any) -> Any:
    import highspy
    from scipy import sparse

    stored = lp.a_matrix_
    parts = (np.array(stored.value_), np.array(stored.index_), np.array(stored.start_))
    shape = (lp.num_row_, lp.num_col_)
    if stored.format_ == highspy.MatrixFormat.kColwise:
        return sparse.csc_matrix(parts, shape=shape).tocsr()
    return sparse.csr_matrix(parts, shape=shape)


def _parts(matrix: Any, loose: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The part of each column and each row (−1: a tying row), small parts put together."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    kept = np.ones(matrix.shape[0], dtype=bool)
    kept[loose] = False
    rows = np.flatnonzero(kept)
    own = matrix[rows]
    graph = sparse.bmat([[None, own], [own.T, None]])
    count, label = connected_components(graph, directed=False)
    if count > PARTS:  # the largest first, each to the bin that has least
        sizes, load = np.bincount(label), np.zeros(PARTS)
        bin_of = np.zeros(count, dtype=np.int64)
        for number in np.argsort(-sizes):
            bin_of[number] = load.argmin()
            load[bin_of[number]] += sizes[number]
        label = bin_of[label]
    of_row = np.full(matrix.shape[0], -1, dtype=np.int64)
    of_row[rows] = label[: len(rows)]
    of_column = label[len(rows) :].astype(np.int64)
    names, inverse = np.unique(of_column, return_inverse=True)
    translated = np.full(int(label.max()) + 1, -1, dtype=np.int64)
    translated[names] = np.arange(len(names))
    return inverse.astype(np.int64), np.where(of_row >= 0, translated[of_row], -1)


def _solved(
    lp: Any, matrix: Any, columns: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Status of the columns and rows of one part at its optimum; None where it has none."""
    import highspy

    own = matrix[rows][:, columns]
    part = highspy.HighsLp()
    part.num_col_, part.num_row_ = len(columns), len(rows)
    part.col_cost_ = np.array(lp.col_cost_)[columns]
    part.col_lower_, part.col_upper_ = (
        np.array(lp.col_lower_)[columns],
        np.array(lp.col_upper_)[columns],
    )
    part.row_lower_, part.row_upper_ = np.array(lp.row_lower_)[rows], np.array(lp.row_upper_)[rows]
    part.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    part.a_matrix_.start_, part.a_matrix_.index_ = own.indptr, own.indices
    part.a_matrix_.value_ = own.data
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.setOptionValue("output_flag", False)
    highs.passModel(part)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    basis = highs.getBasis()
    sides = ([int(one) for one in side] for side in (basis.col_status, basis.row_status))
    first, second = (np.array(side, dtype=np.int64) for side in sides)
    return first, second


def _set(highs: Any, columns: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
    """The basis of the whole: tying rows are basic, everything else as in its part."""
    import highspy

    kinds = highspy.HighsBasisStatus
    basis = highspy.HighsBasis()
    basis.col_status = [kinds(int(one)) for one in columns]
    basis.row_status = [kinds(int(one)) if one >= 0 else kinds.kBasic for one in rows]
    basis.valid = True
    highs.setBasis(basis)
