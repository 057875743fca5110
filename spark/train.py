"""Trains the collaborative model where an export has outgrown one Lambda: implicit ALS by Spark's MLlib.

    train.py --input FOLDER --output FOLDER --run NAME [--rank 64] [--iterations 15] [--regularization ...] [--alpha ...]
             [--holdout time|last] [--holdout-users 5000] [--seed 1]

Folders are local paths or s3:// addresses. Reads the shards of an export, measures on a holdout beside popularity, trains on
everything, writes neighbours and factors, and last of all metrics.json.gz: without that file nothing was trained.
AWS Glue adds arguments of its own, which are passed over.
"""

import argparse
import sys
import time

import numpy as np
from py4j.protocol import Py4JError
from pyspark.sql import DataFrame, SparkSession

from attune_spark.factors import Factors, Params, factorise, matrix
from attune_spark.model import write_factors, write_neighbours
from attune_spark.neighbours import neighbours
from attune_spark.objects import put_json
from attune_spark.pairs import Holdout, Numbered, after_moment, last_of_each, numbered, once
from attune_spark.quality import cases_of, measure
from attune_spark.shards import CorruptExport, read_interactions

SHARE_TRAINED = 0.9
LEAST_BLOCKS, MOST_BLOCKS = 4, 200


def arguments(given: list[str]) -> argparse.Namespace:
    """Reads the command line; unknown arguments are Glue's."""
    usual = Params()
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--input", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--rank", type=int, default=usual.rank)
    parser.add_argument("--iterations", type=int, default=usual.iterations)
    parser.add_argument("--regularization", type=float, default=usual.regularization)
    parser.add_argument("--alpha", type=float, default=usual.alpha)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--holdout", choices=["time", "last"], default="time")
    parser.add_argument("--holdout-users", type=int, default=5000)
    known, _ = parser.parse_known_args(given)
    for name in ("input", "output"):
        setattr(known, name, getattr(known, name).rstrip("/") + "/")
    return known


def params_of(options: argparse.Namespace) -> Params:
    return Params(options.rank, options.iterations, options.regularization, options.alpha, options.seed)


def popularity_of(train: DataFrame, ids: np.ndarray) -> np.ndarray:
    """Users of each item, in the order of `ids`."""
    counts = {row["item"]: row["count"] for row in train.groupBy("item").count().collect()}
    return np.array([counts.get(int(item), 0) for item in ids])


def evaluate(data: Numbered, options: argparse.Namespace, blocks: int) -> dict:
    """Trains without the holdout and measures on it."""
    cut: Holdout = last_of_each(data.rows) if options.holdout == "last" else after_moment(data.rows, SHARE_TRAINED)
    train = cut.train.persist()
    if train.isEmpty():
        return {"metrics": {}, "popularity": {}, "users": 0}
    factors = factorise(train, params_of(options), blocks)
    ids, items = matrix(factors.items)
    cases = cases_of(train, cut.targets, factors.users, options.holdout_users).persist()
    metrics, popular = measure(cases, ids, items, popularity_of(train, ids))
    return {"metrics": metrics, "popularity": popular, "users": cases.count()}


def write(data: Numbered, factors: Factors, output: str) -> None:
    """Neighbours and factors of the final model."""
    ids, items = matrix(factors.items)
    names = [row.name for row in data.items.sort("id").collect()]
    lists = neighbours(data.rows.sparkSession.sparkContext, ids, items)
    write_neighbours(lists, names, f"{output}collaborative")
    write_factors(factors.items, data.items, f"{output}item-factors", "i")
    write_factors(factors.users, data.users, f"{output}user-factors", "u")


def train(spark: SparkSession, options: argparse.Namespace) -> dict:
    """The whole training; answers what it wrote as metrics.json.gz."""
    start = time.monotonic()
    read = read_interactions(spark, options.input)
    data = numbered(read.rows)
    blocks = max(LEAST_BLOCKS, min(read.shards, MOST_BLOCKS))
    evaluation = evaluate(data, options, blocks)
    factors = factorise(once(data.rows).select("user", "item", "w"), params_of(options), blocks)
    write(data, factors, options.output)
    report = {
        "engine": "spark",
        "run": options.run,
        "params": params_of(options).card(),
        "users": data.users.count(),
        "items": data.items.count(),
        "interactions": read.count,
        "skipped": read.skipped,
        "holdout": {"split": options.holdout, "users": evaluation["users"]},
        "metrics": evaluation["metrics"],
        "popularity": evaluation["popularity"],
        "seconds": round(time.monotonic() - start, 1),
    }
    put_json(f"{options.output}metrics.json.gz", report)
    return report


def remove(spark: SparkSession, folder: str) -> None:
    """Takes a folder away with everything in it. What stays expires with the models: no reason to fail."""
    path = spark._jvm.org.apache.hadoop.fs.Path(folder)
    try:
        path.getFileSystem(spark._jsc.hadoopConfiguration()).delete(path, True)
    except Py4JError as error:
        print(f"{folder} could not be removed: {error}")


def main(given: list[str]) -> None:
    """Entry point of the Glue job and of the command line."""
    options = arguments(given)
    spark = SparkSession.builder.appName(f"attune {options.run}").getOrCreate()
    checkpoints = f"{options.output}checkpoints"
    spark.sparkContext.setCheckpointDir(checkpoints)
    try:
        print(train(spark, options))
    except CorruptExport as error:
        # The last line of the exception is what Glue shows, and the model card with it.
        raise SystemExit(f"CorruptExport: {error}") from error
    finally:
        remove(spark, checkpoints)
        spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
