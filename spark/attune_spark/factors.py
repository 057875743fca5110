"""Implicit matrix factorisation by MLlib (Hu, Koren, Volinsky 2008)."""

from dataclasses import asdict, dataclass

import numpy as np
from pyspark.ml.recommendation import ALS
from pyspark.sql import DataFrame
from pyspark.sql import functions as f


CHECKPOINT_EVERY = 5


@dataclass(frozen=True)
class Params:
    """A pair weighs 1 + alpha * its strength in units of the mean strength, every other pair 1; MLlib multiplies the
    regularisation of a user or item with the number of its interactions. Chosen on a validation split of Beauty."""

    rank: int = 64
    iterations: int = 10
    regularization: float = 10.0
    alpha: float = 40.0
    seed: int = 1

    def card(self) -> dict:
        """As the model card shows them."""
        return asdict(self)


@dataclass(frozen=True)
class Factors:
    """(id, features) of users and items."""

    users: DataFrame
    items: DataFrame


def factorise(pairs: DataFrame, params: Params, blocks: int) -> Factors:
    """Trains on (user, item, w), each pair once. Needs a checkpoint folder: without one, what an iteration remembers of all
    before it outgrows the stack."""
    als = ALS(
        rank=params.rank,
        maxIter=params.iterations,
        regParam=params.regularization,
        alpha=params.alpha,
        implicitPrefs=True,
        userCol="user",
        itemCol="item",
        ratingCol="w",
        seed=params.seed,
        numUserBlocks=blocks,
        numItemBlocks=blocks,
        checkpointInterval=CHECKPOINT_EVERY,
    )
    mean = pairs.agg(f.avg("w")).first()[0]
    model = als.fit(pairs.select("user", "item", (f.col("w") / mean).cast("float").alias("w")))
    return Factors(model.userFactors.persist(), model.itemFactors.persist())


def matrix(factors: DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Ids in rising order and their factors as rows, on the driver: for items, which are few beside users."""
    rows = sorted(((row.id, row.features) for row in factors.toLocalIterator()), key=lambda row: row[0])
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    return ids, np.array([row[1] for row in rows], dtype=np.float32).reshape(len(rows), -1)
