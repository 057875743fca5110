import unittest

import numpy as np

from attune_spark.neighbours import nearest, neighbours, normalised
from tests.support import session


class Neighbours(unittest.TestCase):
    def test_are_those_of_positive_cosine_best_first_without_the_item_itself(self) -> None:
        ids = np.array([10, 20, 30, 40])
        units = normalised(np.array([[1, 0], [2, 0.1], [1, 1], [-1, 0]], dtype=np.float32))
        rows = dict(nearest(ids, units, range(0, 4), 60))
        self.assertEqual([other for other, _ in rows[10]], [20, 30])
        self.assertEqual(rows[40], [])
        self.assertAlmostEqual(rows[10][1][1], 1 / np.sqrt(2), places=5)

    def test_keeps_so_many_and_survives_zeros_and_a_single_item(self) -> None:
        ids = np.arange(5)
        units = normalised(np.array([[1, k / 10] for k in range(4)] + [[0, 0]], dtype=np.float32))
        rows = dict(nearest(ids, units, range(0, 5), 2))
        self.assertEqual([len(rows[item]) for item in range(5)], [2, 2, 2, 2, 0])
        self.assertEqual(list(nearest(ids[:1], units[:1], range(0, 1), 60)), [(0, [])])

    def test_are_the_same_in_blocks_scaled_to_one(self) -> None:
        factors = np.random.default_rng(3).standard_normal((2500, 8)).astype(np.float32)
        ids, units = np.arange(2500), normalised(factors)
        whole = dict(nearest(ids, units, range(0, 2500), 5))
        found = dict(neighbours(session().sparkContext, ids, factors, 5).collect())
        self.assertEqual(
            {item: [other for other, _ in near] for item, near in found.items()},
            {item: [other for other, _ in near] for item, near in whole.items()},
        )
        scores = [score for near in found.values() for _, score in near]
        self.assertAlmostEqual(max(scores), 1, places=6)
        self.assertGreater(min(scores), 0)
