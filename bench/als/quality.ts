import { type Generated, NEGATIVES } from './generate.ts';

export type Quality = { hr: number; ndcg: number };

/** HR@10 and NDCG@10 of the held-out item among 99 negatives, as NCF's protocol has it; ties count against the held-out item. */
export function qualityOf(data: Generated, score: (user: number, item: number) => number): Quality {
  const users = data.heldOut.length;
  let hits = 0;
  let gain = 0;
  for (let user = 0; user < users; user++) {
    const target = score(user, data.heldOut[user]!);
    let ahead = 0;
    for (let at = user * NEGATIVES; at < (user + 1) * NEGATIVES; at++) {
      if (score(user, data.negatives[at]!) >= target) ahead += 1;
    }
    if (ahead >= 10) continue;
    hits += 1;
    gain += 1 / Math.log2(2 + ahead);
  }
  return { hr: hits / users, ndcg: gain / users };
}

/** The quality of two factor matrices, row-major. */
export function factorQuality(
  data: Generated,
  { users, items, dimensions }: { users: Float32Array; items: Float32Array; dimensions: number },
): Quality {
  return qualityOf(data, (user, item) => {
    let sum = 0;
    for (let at = 0; at < dimensions; at++) {
      sum += users[user * dimensions + at]! * items[item * dimensions + at]!;
    }
    return sum;
  });
}
