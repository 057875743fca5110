from attune_spark.pairs import after_moment, last_of_each, numbered, once
from tests.support import ExportCase


class Pairs(ExportCase):
    def frame(self, rows: list[tuple]):
        return self.spark.createDataFrame(rows, "user int, item int, w double, t double, n long")

    def targets(self, holdout) -> dict:
        return {row.user: list(row.targets) for row in holdout.targets.collect()}

    def trained(self, holdout) -> set:
        return {(row.user, row.item) for row in holdout.train.collect()}

    def test_numbers_follow_the_names_whatever_the_order_of_rows(self) -> None:
        rows = [("bob", "b", 1.0, 1.0, 0), ("ann", "c", 1.0, 2.0, 1), ("bob", "a", 1.0, 3.0, 2)]
        for given in (rows, rows[::-1]):
            data = numbered(self.spark.createDataFrame(given, "u string, i string, w double, t double, n long"))
            self.assertEqual({row.name: row.id for row in data.users.collect()}, {"ann": 0, "bob": 1})
            self.assertEqual({row.name: row.id for row in data.items.collect()}, {"a": 0, "b": 1, "c": 2})
            found = {(row.user, row.item, row.t) for row in data.rows.collect()}
            self.assertEqual(found, {(1, 1, 1.0), (0, 2, 2.0), (1, 0, 3.0)})

    def test_repeats_become_one_pair_with_the_greatest_weight_and_the_latest_time(self) -> None:
        (pair,) = once(self.frame([(0, 0, 2.0, 1.0, 0), (0, 0, 1.0, 9.0, 1)])).collect()
        self.assertEqual((pair.w, pair["at"].t), (2.0, 9.0))

    def test_leaves_out_the_last_item_of_each_user_that_has_two(self) -> None:
        rows = [(0, 0, 1.0, 1.0, 0), (0, 1, 1.0, 5.0, 1), (0, 0, 1.0, 9.0, 2), (1, 2, 1.0, 1.0, 3)]
        rows += [(2, 0, 1.0, 4.0, 4), (2, 1, 1.0, 4.0, 5)]
        cut = last_of_each(self.frame(rows))
        self.assertEqual(self.targets(cut), {0: [0], 2: [1]})
        self.assertEqual(self.trained(cut), {(0, 1), (1, 2), (2, 0)})

    def test_asks_after_the_moment_for_what_is_new_to_users_who_were_there_before(self) -> None:
        before = [(user, item, 1.0, float(item), item) for user in (0, 1) for item in range(8)]
        after = [(0, 9, 1.0, 100.0, 50), (0, 8, 1.0, 101.0, 51), (0, 0, 1.0, 102.0, 52), (0, 9, 1.0, 103.0, 53)]
        stranger = [(2, 8, 1.0, 104.0, 60)]
        cut = after_moment(self.frame(before + after + stranger), 0.8)
        self.assertEqual(self.targets(cut), {0: [9, 8]})
        self.assertEqual(self.trained(cut), {(row[0], row[1]) for row in before})
