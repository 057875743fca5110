"""Metrics of a holdout, as core/learn/evaluate/metrics.ts defines them: ranked are all items but the user's own."""

from typing import Callable, Iterator, NamedTuple

import numpy as np
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

CUT_OFF = 10
BATCH = 256


class Case(NamedTuple):
    """A user who is asked for: number, items trained on, items held back, and where there are any the factors."""

    user: int
    own: list[int]
    targets: list[int]
    features: list[float] | None


def cases_of(train: DataFrame, targets: DataFrame, user_factors: DataFrame, most: int) -> DataFrame:
    """At most so many users, chosen by a hash of their numbers."""
    chosen = targets.orderBy(f.hash("user"), "user").limit(most)
    own = train.join(chosen.select("user"), "user", "left_semi").groupBy("user").agg(f.collect_list("item").alias("own"))
    factors = user_factors.withColumnRenamed("id", "user")
    return chosen.join(own, "user").join(factors, "user", "left").select("user", "own", "targets", "features")


def measure(cases: DataFrame, ids: np.ndarray, factors: np.ndarray, popularity: np.ndarray) -> tuple[dict, dict]:
    """Metrics of the factors' ranking and of popularity's, over the same users. `popularity` goes with `ids`."""
    shared = cases.sparkSession.sparkContext.broadcast((ids, factors, popularity.astype(np.float32)))

    def sums(rows: Iterator) -> Iterator[np.ndarray]:
        names, items, popular = shared.value
        column = {int(name): at for at, name in enumerate(names)}
        batch: list[Case] = []
        for row in rows:
            batch.append(Case(row.user, row.own, row.targets, row.features))
            if len(batch) == BATCH:
                yield _summed(batch, column, items, popular)
                batch = []
        if batch:
            yield _summed(batch, column, items, popular)

    total = cases.rdd.mapPartitions(sums).fold(np.zeros((2, len(NAMES) + 1)), np.add)
    return tuple({name: float(value) for name, value in zip(NAMES, row[1:] / max(1, row[0]))} for row in total)


NAMES = [f"{name}@{CUT_OFF}" for name in ("hr", "ndcg", "recall", "precision", "f1", "mrr")]


def _summed(batch: list[Case], column: dict[int, int], items: np.ndarray, popular: np.ndarray) -> np.ndarray:
    nobody = np.zeros(items.shape[1], dtype=np.float32)
    users = np.array([nobody if case.features is None else case.features for case in batch], dtype=np.float32)
    personal = users @ items.T
    sums = np.zeros((2, len(NAMES) + 1))
    for scores_of, row in ((lambda at: personal[at], 0), (lambda at: popular.copy(), 1)):
        for at, case in enumerate(batch):
            sums[row] += _of_case(scores_of, at, case, column)
    return sums


def _of_case(scores_of: Callable[[int], np.ndarray], at: int, case: Case, column: dict[int, int]) -> np.ndarray:
    scores = scores_of(at)
    scores[[column[item] for item in case.own if item in column]] = -np.inf
    places = [column[item] for item in case.targets if item in column]
    return np.array([1.0, *of_ranks([_rank(scores, place) for place in places], len(case.targets))])


def _rank(scores: np.ndarray, place: int) -> int:
    """Items that are better or as good: ties count against the item that was held back."""
    return int(np.count_nonzero(scores >= scores[place])) - 1


def of_ranks(ranks: list[int], held: int) -> list[float]:
    """One user's metrics: the ranks (from 0) of those held-back items that are ranked at all, of `held`."""
    hits = [rank for rank in ranks if rank < CUT_OFF]
    if not hits:
        return [0.0] * len(NAMES)
    gain = sum(1 / np.log2(rank + 2) for rank in hits)
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(CUT_OFF, held)))
    count = len(hits)
    return [1.0, gain / ideal, count / held, count / CUT_OFF, 2 * count / (held + CUT_OFF), 1 / (1 + min(hits))]
