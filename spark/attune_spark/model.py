"""Writing a model in the format that the step `train` assembles: see docs/adr/0011-past-one-machine.md."""

import math
from typing import Callable, Iterator

from pyspark import RDD
from pyspark.sql import DataFrame

from attune_spark.objects import put_lines

ROWS_PER_FILE = 50_000


def write_factors(factors: DataFrame, names: DataFrame, address: str, key: str) -> int:
    """{"i" or "u": name, "f": [...]} in files <address>-<k>.jsonl.gz; answers how many rows."""
    rows = factors.join(names, "id").select("name", "features")
    numbers = rows.rdd.map(lambda row: (row.name, [_short(value) for value in row.features]))
    return _write(numbers, address, lambda row: {key: row[0], "f": row[1]})


def write_neighbours(lists: RDD, names: list[str], address: str) -> int:
    """{"i": name, "n": [[name, score], ...]} in files <address>-<k>.jsonl.gz; answers how many rows."""
    shared = lists.context.broadcast(names)
    named = lists.map(
        lambda row: (shared.value[row[0]], [[shared.value[other], _short(score)] for other, score in row[1]])
    )
    return _write(named, address, lambda row: {"i": row[0], "n": row[1]})


def _short(value: float) -> float:
    """Seven digits are all that a 32-bit number has."""
    return float(f"{value:.7g}")


def _write(rows: RDD, address: str, document: Callable[[tuple], dict]) -> int:
    files = max(1, math.ceil(rows.count() / ROWS_PER_FILE))
    ordered = rows.sortByKey(numPartitions=files)

    def write(index: int, part: Iterator[tuple]) -> Iterator[int]:
        yield put_lines(f"{address}-{index}.jsonl.gz", (document(row) for row in part))

    return ordered.mapPartitionsWithIndex(write).sum()
