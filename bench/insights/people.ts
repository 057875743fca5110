import type { CatalogItem } from '../../core/catalog/types.ts';
import type { Domain } from '../../core/domains/types.ts';
import type { GoalInput } from '../../core/goals/goal.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { loadDomain } from '../../lambdas/runtime/kept/domains.ts';
import { uuid } from '../tracking/visits.ts';
import { itemsOf } from './catalogues.ts';

export type Random = () => number;

/** What one does in the product, with how often beside the others. */
export type Habit = {
  readonly weight: number;
  readonly type: string;
  readonly feature?: string;
  readonly contentType?: string;
  readonly contentId?: string;
};

/** Somebody who uses one of the products. */
export type Person = {
  readonly userId: string;
  readonly domain: Domain;
  readonly timezone: string;
  readonly habits: readonly Habit[];
  readonly goals: readonly GoalInput[];
  readonly marketFocus: readonly string[];
  /** 1-4 */
  readonly dashboardsPerDay: number;
  /** Interactions of a session, at the most. */
  readonly busyness: number;
  /** Sessions before the week begins; newcomers have none. */
  readonly sessionsBefore: number;
};

export const DOMAINS = ['real-estate', 'saas', 'learning', 'video', 'film'] as const;

const ZONES = ['Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata'];
const FOCUSES = ['Amsterdam-Noord', 'first-time buyers'];
const DAY_MS = 86_400_000;
const NEWCOMERS = 0.1;

export const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;

const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

/** Things of the domain's actions, and content of its catalogue: three of ten are done often, the others seldom. */
const habitsOf = (domain: Domain, items: readonly CatalogItem[], random: Random): Habit[] => {
  const weight = (): number => (random() < 0.3 ? 5 + random() * 10 : random());
  const done = domain.actions.map(({ doneBy }) => ({ weight: weight(), type: 'use', ...doneBy }));
  const seen = items.map(({ itemId, type }) => ({
    weight: weight() / 2,
    type: pick(random, ['view', 'view', 'view', 'complete', 'like', 'save']),
    contentId: itemId,
    contentType: type,
  }));
  return [...done, ...seen];
};

/** Goals over what the product counts, due within three weeks, some of them never to be reached. */
const goalsOf = ({ metrics }: Domain, start: number, random: Random): GoalInput[] =>
  Array.from({ length: between(random, 0, 3) }, (_, index) => {
    if (metrics.length === 0 || random() < 0.2) return `Get better at it, part ${index + 1}`;
    const { metric, many } = pick(random, metrics);
    const due = new Date(start + between(random, 3, 21) * DAY_MS).toISOString().slice(0, 10);
    return { title: `More ${many}`, metric, target: between(random, 3, 40), due };
  });

/** So many people, spread over the five products. `start`: ms since the epoch, when the week begins. */
export const people = (count: number, start: number, seed: number): Person[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const domain = loadDomain(DOMAINS[index % DOMAINS.length] as string);
    return {
      userId: uuid(random),
      domain,
      timezone: pick(random, ZONES),
      habits: habitsOf(domain, itemsOf(domain.name), random),
      goals: goalsOf(domain, start, random),
      marketFocus: domain.name === 'real-estate' && random() < 0.7 ? [pick(random, FOCUSES)] : [],
      dashboardsPerDay: between(random, 1, 4),
      busyness: between(random, 2, 10),
      sessionsBefore: random() < NEWCOMERS ? 0 : between(random, 3, 15),
    };
  });
};
