import math

import numpy as np

from attune_spark.quality import NAMES, cases_of, measure, of_ranks
from tests.support import ExportCase


class Quality(ExportCase):
    def test_metrics_of_one_user_by_hand(self) -> None:
        named = dict(zip(NAMES, of_ranks([0, 12, 3], 3)))
        ideal = 1 + 1 / math.log2(3) + 1 / 2
        self.assertAlmostEqual(named["hr@10"], 1)
        self.assertAlmostEqual(named["ndcg@10"], (1 + 1 / math.log2(5)) / ideal)
        self.assertAlmostEqual(named["recall@10"], 2 / 3)
        self.assertAlmostEqual(named["precision@10"], 0.2)
        self.assertAlmostEqual(named["f1@10"], 2 * 0.2 * (2 / 3) / (0.2 + 2 / 3))
        self.assertAlmostEqual(named["mrr@10"], 1)
        self.assertEqual(of_ranks([10], 1), [0.0] * len(NAMES))
        self.assertEqual(of_ranks([], 1), [0.0] * len(NAMES))

    def test_ranks_all_items_but_the_users_own_with_ties_against_the_held_back_one(self) -> None:
        frame = self.spark.createDataFrame
        # Item 2 is the best for user 0, who has it; the target, item 1, is as good as item 0: rank 1.
        train = frame([(0, 2), (1, 0)], "user int, item int")
        targets = frame([(0, [1]), (1, [7])], "user int, targets array<int>")
        users = frame([(0, [1.0]), (1, [1.0])], "id int, features array<double>")
        cases = cases_of(train, targets, users, 10)
        ids, items = np.array([0, 1, 2]), np.array([[1.0], [1.0], [3.0]], dtype=np.float32)
        metrics, popular = measure(cases, ids, items, np.array([1, 5, 9]))
        self.assertAlmostEqual(metrics["ndcg@10"], 1 / math.log2(3) / 2, places=6)
        self.assertAlmostEqual(metrics["mrr@10"], 1 / 2 / 2)
        # Popularity puts the target first for user 0; item 7 is unknown to training: user 1 is a miss.
        self.assertAlmostEqual(popular["mrr@10"], 1 / 2)

    def test_asks_at_most_so_many_users_and_the_same_ones_again(self) -> None:
        frame = self.spark.createDataFrame
        train = frame([(user, 0) for user in range(50)], "user int, item int")
        targets = frame([(user, [1]) for user in range(50)], "user int, targets array<int>")
        users = frame([(0, [1.0])], "id int, features array<double>")
        first, again = ({row.user for row in cases_of(train, targets, users, 7).collect()} for _ in range(2))
        self.assertEqual((len(first), first), (7, again))
