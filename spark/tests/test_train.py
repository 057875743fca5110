import os
import random

from tests.support import ExportCase, read_json, read_lines, row, write_gzip
from train import arguments, train


class Training(ExportCase):
    def write_groups(self) -> None:
        """Users of four groups, who take items of their group only."""
        random.seed(7)
        for shard in range(2):
            rows = []
            for number in range(60):
                group = number % 4
                items = random.sample(range(12), 7)
                rows += [row(f"u{shard}-{number}", f"g{group}-{item}", 1000 + at * 10 + number) for at, item in enumerate(items)]
            self.write_shard(shard, rows)

    def run_it(self, *more: str) -> dict:
        given = ["--input", self.export, "--output", self.model, "--run", "night", "--rank", "8", "--iterations", "4"]
        self.spark.sparkContext.setCheckpointDir(f"{self.root}/checkpoints")
        return train(self.spark, arguments([*given, *more]))

    def test_leaves_neighbours_factors_and_last_the_metrics(self) -> None:
        self.write_groups()
        report = self.run_it("--holdout", "last")
        self.assertEqual(read_json(f"{self.model}metrics.json.gz"), report)
        self.assertEqual((report["engine"], report["users"], report["items"], report["skipped"]), ("spark", 120, 48, 0))
        self.assertEqual(report["interactions"], 840)
        lists = {line["i"]: line["n"] for line in read_lines(self.model, "collaborative")}
        self.assertEqual(len(lists), 48)
        for item, near in lists.items():
            scores = [score for _, score in near]
            self.assertEqual(scores, sorted(scores, reverse=True))
            self.assertTrue(all(0 < score <= 1 for score in scores))
            self.assertEqual([other[:2] for other, _ in near[:5]], [item[:2]] * 5)
        factors = read_lines(self.model, "item-factors") + read_lines(self.model, "user-factors")
        self.assertEqual({len(line["f"]) for line in factors}, {8})
        self.assertEqual(sum("u" in line for line in factors), 120)

    def test_is_better_than_popularity_on_what_it_has_not_seen(self) -> None:
        self.write_groups()
        for split in ("last", "time"):
            report = self.run_it("--holdout", split)
            self.assertGreater(report["holdout"]["users"], 10)
            self.assertGreater(report["metrics"]["ndcg@10"], 1.5 * report["popularity"]["ndcg@10"])

    def test_trains_on_one_user_and_one_item_and_says_that_there_was_nothing_to_measure(self) -> None:
        self.write_shard(0, [row("ann", "a")])
        report = self.run_it("--holdout", "time")
        self.assertEqual(report["holdout"]["users"], 0)
        self.assertEqual(read_lines(self.model, "collaborative"), [{"i": "a", "n": []}])

    def test_passes_over_arguments_of_glue(self) -> None:
        given = ["--JOB_NAME", "x", "--input", "s3://b/exports/r", "--JOB_ID", "j_1", "--output", "out", "--run", "r", "--TempDir", "t"]
        options = arguments(given)
        self.assertEqual((options.input, options.output, options.rank), ("s3://b/exports/r/", "out/", 64))

    def test_leaves_no_metrics_where_it_fails(self) -> None:
        self.write_groups()
        write_gzip(f"{self.export}interactions-0.jsonl.gz", '{"u":"x"}\n')
        with self.assertRaisesRegex(Exception, "cut off or corrupt"):
            self.run_it()
        self.assertFalse(os.path.exists(f"{self.model}metrics.json.gz"))
