"""Collaborative neighbours of every item: cosine of the items' factors, block by block."""

from typing import Iterator

import numpy as np
from pyspark import RDD, SparkContext

KEEP = 60
BLOCK = 1024

Row = tuple[int, list[tuple[int, float]]]


def neighbours(context: SparkContext, ids: np.ndarray, factors: np.ndarray, keep: int = KEEP) -> RDD:
    """Rows (item, [(neighbour, score), ...]), best first, at most `keep`, scores in 0-1 with the greatest of all at 1.

    The items' factors are at every worker once (50,000 items of 64 factors are 13 MB); blocks of items are spread.
    """
    shared = context.broadcast((ids, normalised(factors)))
    starts = range(0, len(ids), BLOCK)
    spread = context.parallelize(starts, max(1, len(starts)))

    def of_block(start: int) -> Iterator[Row]:
        names, units = shared.value
        return nearest(names, units, range(start, min(start + BLOCK, len(names))), keep)

    lists = spread.flatMap(of_block).persist()
    greatest = lists.map(lambda row: row[1][0][1] if row[1] else 0.0).fold(0.0, max)
    scale = 1.0 / greatest if greatest > 0 else 1.0
    return lists.map(lambda row: (row[0], [(other, min(1.0, score * scale)) for other, score in row[1]]))


def normalised(factors: np.ndarray) -> np.ndarray:
    """Rows of length one; a row of zeros stays."""
    lengths = np.linalg.norm(factors, axis=1, keepdims=True)
    return (factors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def nearest(ids: np.ndarray, units: np.ndarray, block: range, keep: int) -> Iterator[Row]:
    """The items of positive cosine with each item of a block, best first, ties by number."""
    scores = units[block.start : block.stop] @ units.T
    scores[np.arange(len(block)), np.arange(block.start, block.stop)] = -1
    keep = min(keep, max(0, len(ids) - 1))
    if keep == 0:
        yield from ((int(ids[at]), []) for at in block)
        return
    best = np.argpartition(-scores, keep - 1, axis=1)[:, :keep]
    for row, at in enumerate(block):
        found = [(int(ids[other]), float(scores[row, other])) for other in best[row] if scores[row, other] > 0]
        yield int(ids[at]), sorted(found, key=lambda pair: (-pair[1], pair[0]))
