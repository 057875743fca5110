import type { Fact, FactKind, FactSheet } from '../../core/insights/facts/types.ts';
import { aFact, aSheet } from './insights.ts';

type Random = () => number;
type Draft = readonly [kind: FactKind, fields: Record<string, string | number>, says: string];

const whole = (random: Random, most: number, least = 0): number =>
  least + Math.floor(random() * (most - least + 1));
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const TITLES = [
  'Publish 5 listings',
  'Sell twelve apartments in Amsterdam-Noord',
  'Learn conversational Spanish',
  'Reply to leads within 24 hours',
  'Host an open house by 2026-12-19',
  'Grow the newsletter by 15 %',
  'Two calls a day',
  'C# for beginners & "friends"',
  'فتح ثلاثة مكاتب',
  '每天读 20 页',
  'Zürich Höngg, 3. Stock',
  'Do the market_report weekly',
];
const FOCUSES = [
  'Amsterdam-Noord',
  'Amsterdam',
  'District 9',
  'Zürich',
  '東京',
  'commercial_property',
  'Route 66',
];
const FEATURES = ['market-report', 'bulk_edit', 'pdf export v2', 'calendar', 'AI drafts'];
const TYPES = ['market_report', 'listing', 'course', 'video'];
const METRICS = ['listings published', 'lessons completed', 'films watched'];

const date = (random: Random): string => {
  const day = new Date(Date.UTC(2026, 10, 21) + whole(random, 200, 1) * 86_400_000);
  return day.toISOString().slice(0, 10);
};

const goal = (random: Random): Draft => {
  const title = pick(random, TITLES);
  const pace = pick(random, ['ahead', 'on track', 'behind', 'done', 'overdue']);
  if (random() < 0.3)
    return [
      'goal',
      { title, term: 'short', pace: 'open', measured: 'no' },
      `Goal "${title}", nothing is measured`,
    ];
  const target = whole(random, 2_000, 2);
  const current = whole(random, target - 1);
  const [percent, left, daysLeft, due] = [
    Math.floor((current / target) * 100),
    target - current,
    whole(random, 90, 1),
    date(random),
  ];
  const metric = pick(random, METRICS);
  return [
    'goal',
    { title, term: 'short', pace, measured: 'yes', metric, current, target, percent, left, daysLeft, due },
    `Goal "${title}": ${current} of ${target} ${metric} (${percent} %), ${left} left, due on ${due}, ${daysLeft} days left, ${pace}`,
  ];
};

const DRAFTS: readonly ((random: Random) => Draft)[] = [
  goal,
  goal,
  (random) => {
    const [focus, items, fresh] = [pick(random, FOCUSES), whole(random, 3_000, 1), whole(random, 40)];
    return [
      'focus',
      { focus, items, fresh },
      `${focus}: ${items} items, ${fresh} of them new in the last 30 days`,
    ];
  },
  (random) => {
    const [title, rank] = [pick(random, TITLES), whole(random, 10, 2)];
    return [
      'trend',
      {
        title,
        contentId: `item-${whole(random, 9_999)}`,
        contentType: pick(random, TYPES),
        near: 'focus',
        rank,
      },
      `"${title}" rises among all users, number ${rank} of the list`,
    ];
  },
  (random) => {
    const [feature, uses, daysSince] = [pick(random, FEATURES), whole(random, 500, 1), whole(random, 60)];
    return [
      'feature',
      { feature, use: 'frequent', uses, daysSince },
      `Feature ${feature}: used ${uses} times, last ${daysSince} days ago`,
    ];
  },
  (random) => {
    const [contentType, successes, failures] = [pick(random, TYPES), whole(random, 40, 1), whole(random, 40)];
    const percent = Math.round((successes / (successes + failures)) * 100);
    return [
      'content',
      { contentType, liking: 'liked', successes, failures, percent },
      `${contentType}: ${successes} went well, ${failures} did not (${percent} %)`,
    ];
  },
  (random) => {
    const [interactions, thisWeek, lastWeek] = [
      whole(random, 90_000, 1_000),
      whole(random, 90),
      whole(random, 90),
    ];
    return [
      'activity',
      { trend: 'rising', interactions, thisWeek, lastWeek, daysSince: 0, sessions: whole(random, 99) },
      `${interactions.toLocaleString('en')} interactions in all, ${thisWeek} in the last 7 days, ${lastWeek} in the 7 days before`,
    ];
  },
  (random) => {
    const percent = whole(random, 99, 1);
    return ['churn', { risk: 'medium', factor: 'recency', percent }, `Risk of leaving: ${percent} %, medium`];
  },
  (random) => {
    const days = whole(random, 30, 2);
    return ['streak', { today: 'no', days }, `${days} days in a row with something done, nothing today yet`];
  },
  (random) => {
    const [action, percent] = [
      pick(random, ['open_listing', 'call lead', 'view dashboard']),
      whole(random, 99, 1),
    ];
    return ['next', { action, percent }, `What comes next is often "${action}" (${percent} %)`];
  },
];

/** A sheet as the engine makes them, with 1 to 14 facts. */
export const seededSheet = (random: Random): FactSheet => {
  const counts = new Map<FactKind, number>();
  const facts = Array.from({ length: whole(random, 14, 1) }, (): Fact => {
    const [kind, fields, says] = pick(random, DRAFTS)(random);
    const at = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, at);
    return aFact(`${kind}${at}`, kind, fields, says);
  });
  return {
    ...aSheet(facts),
    hash: Math.floor(random() * 2 ** 48)
      .toString(16)
      .padStart(16, '0'),
  };
};
