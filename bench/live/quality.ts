/** How often and how high the held-out item was in the lists. */
export type Quality = { readonly hr: number; readonly ndcg: number; readonly coverage: number };

/** One user's list with the item that it should have held. */
export type Judged = { readonly truth: string; readonly list: readonly string[] };

const CUT = 10;

const gain = ({ truth, list }: Judged): number => {
  const rank = list.slice(0, CUT).indexOf(truth);
  return rank === -1 ? 0 : 1 / Math.log2(rank + 2);
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** HR@10 and NDCG@10 with one relevant item per user; coverage is the share of the catalogue that came up at all. */
export const quality = (judged: readonly Judged[], catalogSize: number): Quality => ({
  hr: mean(judged.map((one) => (gain(one) > 0 ? 1 : 0))),
  ndcg: mean(judged.map(gain)),
  coverage: new Set(judged.flatMap(({ list }) => list.slice(0, CUT))).size / catalogSize,
});
