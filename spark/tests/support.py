"""One Spark for all tests, and exports as the night writes them."""

import gzip
import json
import os
import shutil
import tempfile
import unittest

from pyspark.sql import SparkSession


def session() -> SparkSession:
    """Two threads, no web page, few partitions: the same one for all tests."""
    return (
        SparkSession.builder.master("local[2]")
        .appName("attune tests")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )


def write_gzip(path: str, text: str) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def read_lines(folder: str, name: str) -> list[dict]:
    """Every line of the files <name>-<k>.jsonl.gz of a folder."""
    rows = []
    for file in sorted(os.listdir(folder)):
        if file.startswith(f"{name}-"):
            with gzip.open(os.path.join(folder, file), "rt", encoding="utf-8") as lines:
                rows += [json.loads(line) for line in lines]
    return rows


def read_json(path: str) -> dict:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


class ExportCase(unittest.TestCase):
    """A test with a folder for an export and one for a model."""

    def setUp(self) -> None:
        self.spark = session()
        self.root = tempfile.mkdtemp(prefix="attune-spark-")
        self.export, self.model = f"{self.root}/exports/run/", f"{self.root}/models/run/"
        os.makedirs(self.export)

    def tearDown(self) -> None:
        shutil.rmtree(self.root)

    def write_shard(self, shard: int, rows: list, counted: int | None = None) -> str:
        """A shard and its part; a row that is a text is a line as it is. Answers the shard's path."""
        path = f"{self.export}interactions-{shard}.jsonl.gz"
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        write_gzip(path, "".join(f"{line}\n" for line in lines))
        part = {"shard": shard, "interactions": len(lines) if counted is None else counted}
        write_gzip(f"{self.export}part-{shard}.json.gz", json.dumps(part))
        return path


def row(user: str, item: str, at: float = 0, weight: float = 1) -> dict:
    return {"u": user, "i": item, "w": weight, "t": at, "e": 0.5}
