"""Interactions as numbered pairs of user and item, and the holdouts that are cut from them."""

from typing import NamedTuple

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

MOST_TARGETS = 50


class Numbered(NamedTuple):
    """Rows (user, item, w, t, n) with the names behind the numbers, (id, name) in the order of names."""

    rows: DataFrame
    users: DataFrame
    items: DataFrame


class Holdout(NamedTuple):
    """What is trained on, and by user the list of items that are asked for."""

    train: DataFrame
    targets: DataFrame


def numbered(rows: DataFrame) -> Numbered:
    """Gives users and items the numbers 0.. that MLlib needs; the same data get the same numbers."""
    users, items = _names(rows, "u"), _names(rows, "i")
    with_users = rows.join(users.withColumnRenamed("id", "user"), rows.u == users.name).drop("name", "u")
    with_items = with_users.join(items.withColumnRenamed("id", "item"), with_users.i == items.name)
    return Numbered(with_items.select("user", "item", "w", "t", "n").persist(), users, items)


def once(rows: DataFrame) -> DataFrame:
    """One row per user and item: the greatest weight, the latest time. (user, item, w, at), at = (t, n)."""
    return rows.groupBy("user", "item").agg(f.max("w").alias("w"), f.max(f.struct("t", "n")).alias("at"))


def last_of_each(rows: DataFrame) -> Holdout:
    """Leave-last-out: the newest item of every user with at least two is held back."""
    newest = Window.partitionBy("user").orderBy(f.col("at").desc())
    ranked = once(rows).withColumn("age", f.row_number().over(newest))
    ranked = ranked.withColumn("items", f.count("*").over(Window.partitionBy("user"))).persist()
    held = (f.col("age") == 1) & (f.col("items") > 1)
    targets = ranked.where(held).select("user", f.array("item").alias("targets"))
    return Holdout(ranked.where(~held).select("user", "item", "w"), targets)


def after_moment(rows: DataFrame, share: float) -> Holdout:
    """A split at the time before which this share of the rows happened: asked for are the items that users chose from
    then on for the first time, of users who did something before."""
    (moment,) = rows.approxQuantile("t", [share], 0.001)
    train = once(rows.where(f.col("t") < moment)).select("user", "item", "w").persist()
    fresh = rows.where(f.col("t") >= moment).join(train, ["user", "item"], "left_anti")
    known = fresh.join(train.select("user").distinct(), "user", "left_semi")
    first = known.groupBy("user", "item").agg(f.min(f.struct("t", "n")).alias("at"))
    lists = first.groupBy("user").agg(f.array_sort(f.collect_list(f.struct("at", "item"))).alias("chosen"))
    targets = f.slice(f.col("chosen.item"), 1, MOST_TARGETS)
    return Holdout(train, lists.select("user", targets.alias("targets")))


def _names(rows: DataFrame, column: str) -> DataFrame:
    names = rows.select(f.col(column).alias("name")).distinct().sort("name")
    numbers = names.rdd.zipWithIndex().map(lambda pair: (pair[1], pair[0].name))
    return numbers.toDF("id int, name string").persist()
