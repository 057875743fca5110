"""Reading the shards of an export: interactions-<k>.jsonl.gz with {"u","i","w","t"}, counted in part-<k>.json.gz."""

import json
from typing import NamedTuple

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.utils import AnalysisException

LEAST_PARTITIONS = 4
ROW = "u string, i string, w double, t double"
# Single unreadable lines are skipped; from this share on, a shard is not what was exported.
MOST_UNREADABLE = 0.1
UNREADABLE = ("java.io.IOException", "java.io.EOFException", "java.util.zip.")


class CorruptExport(Exception):
    """The export cannot be trained on: shards that are cut off, corrupt or missing, or no rows at all."""


class Interactions(NamedTuple):
    """Rows (u, i, w, t, n), where n rises with the order of a shard's lines, and how many lines were skipped."""

    rows: DataFrame
    count: int
    skipped: int
    shards: int


def read_interactions(spark: SparkSession, folder: str) -> Interactions:
    """Reads every shard below the folder. Lines that are no rows are skipped and counted.

    Raises CorruptExport where a shard has another number of lines than were exported, cannot be unzipped or is mostly
    unreadable, or where there is nothing to train on.
    """
    expected = _expected(spark, folder)
    # The export made shards of about half a million rows: a worker's portion.
    spark.conf.set("spark.sql.shuffle.partitions", max(LEAST_PARTITIONS, len(expected)))
    rows = _parsed(spark, folder).persist()
    try:
        found = {row["shard"]: row for row in _counted(rows).collect()}
    except Exception as error:
        if any(sign in str(error) for sign in UNREADABLE):
            raise CorruptExport(f"A training shard in {folder} is cut off or corrupt: {_cause(error)}") from error
        raise
    _check(expected, found)
    count = sum(row["good"] for row in found.values())
    if count == 0:
        raise CorruptExport(f"There is nothing to train on: the export in {folder} holds no interactions")
    skipped = sum(row["lines"] for row in found.values()) - count
    return Interactions(rows.where("good").select("u", "i", "w", "t", "n"), count, skipped, len(expected))


def _cause(error: Exception) -> str:
    """The innermost reason that the Java side gives."""
    reasons = [line for line in str(error).splitlines() if line.startswith("Caused by: ")]
    return reasons[-1].removeprefix("Caused by: ") if reasons else type(error).__name__


def _expected(spark: SparkSession, folder: str) -> dict[int, int]:
    """Lines by shard, as the export counted them."""
    try:
        parts = [json.loads(row.value) for row in spark.read.text(f"{folder}part-*.json.gz").collect()]
    except AnalysisException as error:
        raise CorruptExport(f"There is no finished export in {folder}") from error
    return {part["shard"]: part["interactions"] for part in parts}


def _parsed(spark: SparkSession, folder: str) -> DataFrame:
    try:
        lines = spark.read.text(f"{folder}interactions-*.jsonl.gz")
    except AnalysisException as error:
        raise CorruptExport(f"There are no training shards in {folder}") from error
    shard = f.regexp_extract(f.input_file_name(), r"interactions-(\d+)\.jsonl", 1).cast("int")
    row = f.from_json("value", ROW, {"mode": "PERMISSIVE", "primitivesAsString": "false"})
    columns = lines.select(shard.alias("shard"), row.alias("row"), f.monotonically_increasing_id().alias("n"))
    good = (
        "coalesce(row.u <> '' and row.i <> '' and row.w > 0 and not isnan(row.w) and row.w < double('inf') "
        "and not isnan(row.t) and abs(row.t) < double('inf'), false)"
    )
    return columns.select("shard", "row.*", "n", f.expr(good).alias("good"))


def _counted(rows: DataFrame) -> DataFrame:
    return rows.groupBy("shard").agg(f.count("*").alias("lines"), f.sum(f.col("good").cast("long")).alias("good"))


def _check(expected: dict[int, int], found: dict) -> None:
    for shard, lines in sorted(expected.items()):
        row = found.get(shard)
        there = row["lines"] if row else 0
        if there != lines:
            raise CorruptExport(
                f"The training shard interactions-{shard} is cut off or corrupt: it holds {there} of {lines} rows"
            )
        bad = lines - row["good"] if row else 0
        if bad > max(1, lines * MOST_UNREADABLE):
            raise CorruptExport(
                f"The training shard interactions-{shard} is cut off or corrupt: {bad} of {lines} rows cannot be read"
            )
