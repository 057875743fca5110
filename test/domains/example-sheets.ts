import type { Fact, FactKind, FactSheet } from '../../core/insights/facts/types.ts';
import { aFact, aSheet } from '../support/insights.ts';

/** Words of one product, from which the same three users are made in each. */
export type Example = {
  domain: string;
  page: string;
  goal: string;
  metric: string;
  unit: string;
  liked: string;
  disliked: string;
  item: string;
  itemType: string;
  rising: string;
  risingType: string;
  used: string;
  lapsed: string;
  focus: string;
  interest: string;
  next: string;
  sequence: string;
};

type Fields = Readonly<Record<string, string | number>>;

const sheetOf = (...facts: readonly [kind: FactKind, fields: Fields][]): FactSheet =>
  aSheet(facts.map(([kind, fields], at): Fact => aFact(`${kind}${at + 1}`, kind, fields)));

const trend = ({ rising, risingType }: Example, near: string): [FactKind, Fields] => [
  'trend',
  { title: rising, contentId: 'rising-item', contentType: risingType, near, rank: 4 },
];

const goal = (example: Example, fields: Fields): [FactKind, Fields] => [
  'goal',
  {
    title: example.goal,
    term: 'short',
    measured: 'yes',
    metric: example.metric,
    unit: example.unit,
    due: '2026-11-27',
    ...fields,
  },
];

/** Registered two days ago: said what they want, looked around a little. */
export const newcomer = (example: Example): FactSheet =>
  sheetOf(
    ['activity', { trend: 'new', interactions: 7, thisWeek: 7, lastWeek: 0, daysSince: 0, sessions: 2 }],
    ['churn', { risk: 'low', factor: 'a short history', percent: 11 }],
    ['standing', { level: 'beginner', engagement: 2, score: 21 }],
    ['segment', { segment: 'new_user', percent: 95 }],
    ['focus', { focus: example.focus, items: 6, fresh: 2 }],
    ['interest', { interest: example.interest }],
    ['recent', { what: 'view', hoursAgo: 3 }],
    trend(example, 'interest'),
    ['page', { page: example.page, title: example.page }],
    ['completion', { percent: 35 }],
  );

/** There every day, with more goals than time. */
export const busy = (example: Example): FactSheet =>
  sheetOf(
    goal(example, { pace: 'behind', current: 3, target: 9, left: 6, percent: 33, daysLeft: 5 }),
    goal(example, {
      title: `${example.goal}, again`,
      pace: 'overdue',
      current: 1,
      target: 4,
      left: 3,
      percent: 25,
      daysLeft: 0,
    }),
    [
      'activity',
      {
        trend: 'rising',
        interactions: 412,
        thisWeek: 83,
        lastWeek: 51,
        daysSince: 1,
        sessions: 64,
        medianMinutes: 18,
      },
    ],
    ['streak', { today: 'no', days: 12 }],
    ['churn', { risk: 'low', factor: 'silence', percent: 7 }],
    ['standing', { level: 'advanced', engagement: 5, score: 88 }],
    ['feature', { feature: example.used, use: 'frequent', uses: 46, daysSince: 1 }],
    ['feature', { feature: example.lapsed, use: 'lapsed', uses: 9, daysSince: 23 }],
    ['content', { contentType: example.liked, liking: 'liked', successes: 22, failures: 3, percent: 88 }],
    [
      'content',
      { contentType: example.disliked, liking: 'disliked', successes: 2, failures: 9, percent: 18 },
    ],
    ['unfinished', { title: example.item, contentId: 'item', contentType: example.itemType, daysSince: 3 }],
    ['interest', { interest: example.interest }],
    ['pattern', { sequence: example.sequence, next: example.next, times: 14, percent: 71 }],
    ['next', { action: example.next, percent: 44 }],
    ['hour', { hour: 9, percent: 31 }],
    trend(example, 'focus'),
    ['page', { page: example.page, title: example.page }],
    ['time', { time: 'morning' }],
    ['action', { action: example.next, times: 3 }],
  );

/** Was there often, and has stayed away for a month. */
export const fading = (example: Example): FactSheet =>
  sheetOf(
    goal(example, { pace: 'overdue', current: 2, target: 5, left: 3, percent: 40, daysLeft: 0 }),
    ['activity', { trend: 'away', interactions: 96, thisWeek: 0, lastWeek: 0, daysSince: 29, sessions: 15 }],
    ['churn', { risk: 'high', factor: 'silence', percent: 78 }],
    ['standing', { level: 'intermediate', engagement: 1, score: 57 }],
    ['focus', { focus: example.focus, items: 13, fresh: 4 }],
    ['feature', { feature: example.lapsed, use: 'lapsed', uses: 17, daysSince: 32 }],
    ['content', { contentType: example.liked, liking: 'mixed', successes: 6, failures: 5, percent: 55 }],
    ['unfinished', { title: example.item, contentId: 'item', contentType: example.itemType, daysSince: 29 }],
    trend(example, 'no'),
    ['page', { page: 'somewhere-else', title: 'somewhere-else' }],
  );
