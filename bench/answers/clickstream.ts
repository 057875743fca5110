import { seededRandom } from '../../core/numbers/seeded-random.ts';

/** One click of a session. */
export type Click = { session: number; item: number; at: number };

export type ClickstreamOptions = { sessions: number; items: number; days: number; seed: number };

const DAY_MS = 86_400_000;
const STEP_MS = 45_000;
const CATEGORY_ITEMS = 40;
const FOLLOWERS = 6;
/** What a visitor does next: look at an item of this session again, follow a habit from the item, stay in the category, start afresh. */
const AGAIN = 0.14;
const HABIT = 0.62;
const CATEGORY = 0.84;
const ENDS = 0.27;

/**
 * Sessions like those of a shop: short, with repeats, steps that many visitors take, and items that are popular for some days only.
 * Sessions come in order of time.
 */
export function clickstream({ sessions, items, days, seed }: ClickstreamOptions): Click[] {
  const random = seededRandom(seed);
  const peak = Float64Array.from({ length: items }, () => random() * days * 1.4 - days * 0.2);
  const rankOf = shuffled(items, random);
  const habits = Int32Array.from({ length: items * FOLLOWERS }, (_, at) =>
    random() < 0.7 ? inCategory(Math.floor(at / FOLLOWERS), items, random) : Math.floor(random() * items),
  );
  const clicks: Click[] = [];
  for (let session = 0; session < sessions; session++) {
    const day = (session / sessions) * days;
    const start = clicks.length;
    let item = popular({ items, day, peak, rankOf }, random);
    let at = Math.floor(day * DAY_MS);
    clicks.push({ session, item, at });
    while (clicks.length === start + 1 || random() > ENDS) {
      const turn = random();
      if (turn < AGAIN) item = clicks[start + Math.floor(random() * (clicks.length - start))]!.item;
      else if (turn < HABIT) item = habits[item * FOLLOWERS + Math.floor(random() ** 2 * FOLLOWERS)]!;
      else if (turn < CATEGORY) item = inCategory(item, items, random);
      else item = popular({ items, day, peak, rankOf }, random);
      at += Math.floor(STEP_MS * (0.2 + random()));
      clicks.push({ session, item, at });
    }
  }
  return clicks;
}

type Popularity = { items: number; day: number; peak: Float64Array; rankOf: Int32Array };

/** An item by a power law of its rank, more likely near the day of its peak. */
function popular({ items, day, peak, rankOf }: Popularity, random: () => number): number {
  for (;;) {
    const item = rankOf[Math.floor(items * random() ** 3)]!;
    if (random() < 0.1 + 0.9 * Math.exp(-(((day - peak[item]!) / 6) ** 2))) return item;
  }
}

function inCategory(item: number, items: number, random: () => number): number {
  const first = item - (item % CATEGORY_ITEMS);
  return first + Math.floor(Math.min(CATEGORY_ITEMS, items - first) * random() ** 2);
}

function shuffled(length: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const held = order[at]!;
    order[at] = order[other]!;
    order[other] = held;
  }
  return order;
}
