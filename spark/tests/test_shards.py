import os

from attune_spark.shards import CorruptExport, read_interactions
from tests.support import ExportCase, row


class ReadingShards(ExportCase):
    def read(self):
        return read_interactions(self.spark, self.export)

    def assert_corrupt(self, pattern: str) -> None:
        with self.assertRaisesRegex(CorruptExport, pattern):
            self.read()

    def test_reads_every_row_of_every_shard(self) -> None:
        self.write_shard(0, [row("ann", "täst", 5, 0.25), row("bob", "b", 7)])
        self.write_shard(1, [row("cid", "a", 6)])
        self.write_shard(2, [])
        found = self.read()
        rows = sorted((one.u, one.i, one.w, one.t) for one in found.rows.collect())
        self.assertEqual(rows, [("ann", "täst", 0.25, 5), ("bob", "b", 1, 7), ("cid", "a", 1, 6)])
        self.assertEqual((found.count, found.skipped, found.shards), (3, 0, 3))

    def test_keeps_the_order_of_a_shards_lines(self) -> None:
        items = [f"i{at}" for at in range(100)]
        self.write_shard(0, [row("ann", item) for item in items])
        self.assertEqual([one.i for one in self.read().rows.orderBy("n").collect()], items)

    def test_skips_and_counts_lines_that_are_no_rows(self) -> None:
        bad = [
            "",
            "{",
            "[]",
            '{"u":"x","i":"y"}',
            '{"u":"","i":"y","w":1,"t":1}',
            '{"u":"x","w":1,"t":1}',
            '{"u":"x","i":"y","w":NaN,"t":1}',
            '{"u":"x","i":"y","w":-1,"t":1}',
            '{"u":"x","i":"y","w":"much","t":1}',
            '{"u":"x","i":"y","w":1,"t":Infinity}',
        ]
        self.write_shard(0, [row(f"u{at}", "a") for at in range(150)] + bad)
        found = self.read()
        self.assertEqual((found.count, found.skipped), (150, len(bad)))

    def test_refuses_a_shard_that_is_mostly_unreadable(self) -> None:
        self.write_shard(3, [row("ann", "a"), "{", "{"])
        self.assert_corrupt("interactions-3 is cut off or corrupt: 2 of 3 rows cannot be read")

    def test_refuses_a_shard_with_another_number_of_rows_or_none_at_all(self) -> None:
        self.write_shard(0, [row("ann", "a")])
        path = self.write_shard(1, [row("bob", "b")], counted=2)
        self.assert_corrupt("interactions-1 is cut off or corrupt: it holds 1 of 2 rows")
        os.remove(path)
        self.assert_corrupt("interactions-1 is cut off or corrupt: it holds 0 of 2 rows")

    def test_refuses_a_shard_whose_gzip_is_cut_off_or_broken(self) -> None:
        path = self.write_shard(0, [row(f"user-{at}", f"item-{at * 7919}") for at in range(2000)])
        with open(path, "rb") as file:
            whole = file.read()
        for body in (whole[: len(whole) // 2], whole[:200] + bytes(50) + whole[250:]):
            with open(path, "wb") as file:
                file.write(body)
            self.spark.catalog.clearCache()
            self.assert_corrupt("cut off or corrupt")

    def test_refuses_an_export_without_parts_without_shards_or_without_rows(self) -> None:
        self.assert_corrupt("no finished export")
        path = self.write_shard(0, [])
        self.assert_corrupt("holds no interactions")
        os.remove(path)
        self.assert_corrupt("no training shards")
