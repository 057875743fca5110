import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Goal } from '../../../../core/goals/goal.ts';
import { factSheet, withFacts } from '../../../../core/insights/facts/fact-sheet.ts';
import { statedInterests } from '../../../../core/insights/facts/market-facts.ts';
import { marketView } from '../../../../core/insights/facts/market-view.ts';
import { FACT_FIELDS, type Fact, type FactFields } from '../../../../core/insights/facts/types.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../../core/profile/fold/fold-interactions.ts';
import type { StoredProfile } from '../../../../core/profile/stored-profile.ts';
import { anyInteraction } from '../../profile/histories.ts';
import { vectors } from '../../profile/vectors.ts';
import {
  catalogItem,
  DAY,
  domain,
  fold,
  HOUR,
  interaction,
  known,
  NOW,
  ofKind,
  profileOf,
  series,
  sharedOf,
} from './facts-world.ts';

const goal = (parts: Partial<Goal> = {}): Goal => ({
  title: 'g',
  term: 'short',
  setAt: NOW - 10 * DAY,
  baseline: 0,
  ...parts,
});

const items = [
  catalogItem('noord', {
    type: 'listing',
    title: 'Loft',
    tags: ['Amsterdam-Noord'],
    publishedAt: '2026-11-10T00:00:00Z',
  }),
  catalogItem('old', {
    type: 'listing',
    title: 'House in Amsterdam Noord',
    publishedAt: '2026-01-10T00:00:00Z',
  }),
  catalogItem('gone', { title: 'Amsterdam Noord', expiresAt: '2026-11-01T00:00:00Z' }),
  catalogItem('soon', { title: 'Amsterdam Noord', publishedAt: '2026-12-01T00:00:00Z' }),
  catalogItem('garden', { type: 'guide', title: 'Gardens of the north' }),
];

const agent = profileOf({
  marketFocus: ['Amsterdam-Noord'],
  preferences: { interests: ['gardens'] },
  timezone: 'Europe/Amsterdam',
  goals: [
    goal({ title: 'Publish five listings', metric: 'publish', target: 5, due: '2026-11-26' }),
    goal({ title: 'Be known', term: 'long' }),
  ],
});
const shared = sharedOf(items, ['garden', 'noord', 'gone', 'old']);
const market = marketView(shared, { focus: agent.marketFocus, interests: statedInterests(agent) }, NOW);
const behaviour = fold(
  ...series(3, {
    type: 'publish',
    feature: 'editor',
    contentType: 'listing',
    contentId: 'old',
    firstOfSession: true,
  }),
  ...series(4, { type: 'view', contentType: 'listing', feature: 'map', every: HOUR }),
  interaction({ type: 'start', contentId: 'garden', contentType: 'guide' }),
  ...series(5, { type: 'feature_use', feature: 'export', ago: 30 * DAY, every: HOUR }),
);
const agentSheet = factSheet(known({ profile: agent, behaviour, market }), domain);

describe('the sheet of a real-estate agent', () => {
  it.each(vectors<Record<string, string>[]>('facts'))('says $id: $says', ({ id, says }) => {
    expect(agentSheet.facts.find((fact) => fact.id === id)?.says).toBe(says);
  });

  it('holds a goal with its numbers, its date and the words of the product', () => {
    expect(agentSheet.facts[0]).toMatchObject({
      id: 'goal1',
      names: { title: 'Publish five listings', metric: 'publish', unit: 'listings published' },
      words: { term: 'short', pace: 'on track', measured: 'yes' },
      numbers: { current: 3, target: 5, percent: 60, left: 2, daysLeft: 6 },
      dates: { due: '2026-11-26' },
    });
  });

  it('keeps the hash when facts of a page or of feedback are added', () => {
    const more: Fact[] = [
      { id: 'time1', kind: 'time', says: 'It is night', names: {}, words: {}, numbers: {}, dates: {} },
    ];
    const extended = withFacts(agentSheet, more);
    expect(extended.facts.at(-1)).toEqual(more[0]);
    expect(extended.hash).toBe(agentSheet.hash);
  });

  it('leaves out what the user has finished', () => {
    const done = factSheet(
      known({ profile: agent, behaviour, market, done: (id) => id === 'garden' }),
      domain,
    );
    expect(ofKind(agentSheet.facts, 'unfinished').map(({ names }) => names.contentId)).toContain('garden');
    expect(ofKind(done.facts, 'unfinished').map(({ names }) => names.contentId)).not.toContain('garden');
  });
});

describe('an empty profile', () => {
  it('is one fact: nothing is known', () => {
    expect(factSheet(known(), domain).facts.map(({ id }) => id)).toEqual(['unknown1']);
  });

  it('has what rises among all users beside it', () => {
    const view = marketView(shared, { focus: [], interests: [] }, NOW);
    const { facts } = factSheet(known({ market: view }), domain);
    expect(facts.map(({ id }) => id)).toEqual(['unknown1', 'trend1', 'trend2', 'trend3']);
    expect(facts[1]?.words).toEqual({ near: 'no' });
  });
});

describe('goals', () => {
  const goalsOf = (goals: readonly Goal[], now = NOW) =>
    ofKind(
      factSheet(known({ profile: profileOf({ goals: [...goals] }), behaviour, now }), domain).facts,
      'goal',
    );

  it('come by urgency, five of them, those done last', () => {
    const measured = { metric: 'publish', target: 100 };
    const found = goalsOf([
      goal({ title: 'done', metric: 'publish', target: 1 }),
      goal({ title: 'open' }),
      goal({ title: 'behind later', ...measured, due: '2026-11-29' }),
      goal({ title: 'behind', ...measured, due: '2026-11-25' }),
      goal({ title: 'overdue', ...measured, due: '2026-11-19' }),
      goal({ title: 'on track', metric: 'publish', target: 6, due: '2026-11-30' }),
    ]);
    expect(found.map(({ names }) => names.title)).toEqual([
      'overdue',
      'behind',
      'behind later',
      'on track',
      'open',
    ]);
    expect(found[0]?.numbers.daysLeft).toBe(0);
  });

  it('count days left on the calendar of the user', () => {
    const late = Date.UTC(2026, 10, 20, 23, 30);
    const daysIn = (timezone: string) =>
      ofKind(
        factSheet(
          known({ profile: profileOf({ timezone, goals: [goal({ due: '2026-11-22' })] }), now: late }),
          domain,
        ).facts,
        'goal',
      )[0]?.numbers.daysLeft;
    expect([daysIn('UTC'), daysIn('Asia/Tokyo'), daysIn('Pacific/Honolulu')]).toEqual([2, 1, 2]);
  });

  it('are cut at 120 characters, on whole code points, without line ends and addresses', () => {
    const [first] = goalsOf([goal({ title: `${'🏠'.repeat(119)}𝒳𝒳\u0000\n` }), goal({ title: '\u0007 \n' })]);
    expect([...(first?.names.title ?? '')]).toHaveLength(120);
    expect(first?.names.title).toMatch(/^🏠{119}…$/u);
    const [mail] = goalsOf([goal({ title: 'Write to\nada@example.org\u202e now' })]);
    expect(mail?.names.title).toBe('Write to (address) now');
  });

  it('of 10,000 characters make a short fact', () => {
    const [only] = goalsOf([goal({ title: 'a@'.repeat(5_000) })]);
    expect(only?.says.length).toBeLessThan(200);
  });

  it('with a metric and no target name what they count', () => {
    const [only] = goalsOf([goal({ title: 'Sell', metric: ' Publish ' })]);
    expect(only).toMatchObject({
      says: 'Goal "Sell": counts listings published, without a target',
      names: { metric: 'publish', unit: 'listings published' },
      words: { measured: 'no', pace: 'open' },
      numbers: {},
    });
  });

  it('without a word for their metric go by its name', () => {
    const [only] = goalsOf([goal({ title: 'Sell', metric: 'value:purchase', target: 1000 })]);
    expect(only?.names.unit).toBe('value purchase');
  });
});

describe('any user', () => {
  const anyGoal = fc.record({
    title: fc.string({ unit: 'grapheme', maxLength: 200 }),
    term: fc.constantFrom('short' as const, 'long' as const),
    metric: fc.constantFrom(undefined, 'publish', 'view', 'sessions'),
    target: fc.constantFrom(undefined, 1, 7, 2.5, 1e9),
    due: fc.constantFrom(undefined, '2026-11-26', '2026-11-01T08:00:00Z', 'no date'),
    setAt: fc.integer({ min: NOW - 30 * DAY, max: NOW }),
    baseline: fc.nat(3),
  }) as fc.Arbitrary<Goal>;
  const anyUser = fc.record({
    goals: fc.array(anyGoal, { maxLength: 9 }),
    focus: fc.array(fc.constantFrom('Amsterdam Noord', 'x', 'zzz', '\u0000'), { maxLength: 5 }),
    interests: fc.array(fc.string({ maxLength: 300 }), { maxLength: 8 }),
    history: fc.array(anyInteraction, { maxLength: 60 }),
    timezone: fc.constantFrom(undefined, 'Europe/Amsterdam', 'Asia/Kathmandu', 'Nowhere/Land'),
    now: fc.integer({ min: NOW - 60 * DAY, max: NOW + 400 * DAY }),
  });

  const sheetOf = (
    given: typeof anyUser extends fc.Arbitrary<infer T> ? T : never,
    plant?: Partial<StoredProfile>,
  ) => {
    const { goals, focus, interests, history, timezone, now } = given;
    const profile = profileOf({ goals, marketFocus: focus, preferences: { interests }, timezone, ...plant });
    const view = marketView(shared, { focus, interests: statedInterests(profile) }, now);
    const counted = foldInteractions(emptyBehaviour(), history);
    return factSheet(known({ profile, behaviour: counted, market: view, now }), domain);
  };

  it('gets facts that have the fields of their kind, and sentences that hold their names and numbers', () => {
    fc.assert(
      fc.property(anyUser, (given) => {
        const { facts, hash } = sheetOf(given);
        expect(hash).toMatch(/^[0-9a-f]{16}$/);
        expect(facts.length).toBeGreaterThan(0);
        expect(facts.length).toBeLessThanOrEqual(60);
        expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
        for (const { kind, says, names, words, numbers, dates } of facts) {
          const fields: FactFields = FACT_FIELDS[kind];
          const own = Object.keys({ ...names, ...words, ...numbers, ...dates }).sort();
          const required = [...fields.names, ...fields.words, ...fields.numbers];
          expect(own).toEqual(expect.arrayContaining(required));
          expect([...required, ...(fields.optional ?? [])]).toEqual(expect.arrayContaining(own));
          for (const [field, value] of Object.entries(numbers)) {
            expect(Number.isFinite(value)).toBe(true);
            if (value === 0 && ['daysSince', 'hoursAgo', 'daysLeft'].includes(field)) continue;
            expect(says).toMatch(new RegExp(`(^|[^\\d.])${String(value).replace('.', '\\.')}([^\\d]|$)`));
          }
          for (const date of Object.values(dates)) expect(says).toContain(date);
          for (const name of [names.title, names.feature, names.focus, names.interest]) {
            if (name !== undefined) expect(says).toContain(name);
          }
          for (const name of Object.values(names)) {
            expect([...name].length).toBeLessThanOrEqual(120);
            expect(name).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          }
          expect(says).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it('is never named in them: no id, address or attribute of the user', () => {
    const planted: Partial<StoredProfile> = {
      userId: 'MARKER-id',
      email: 'MARKER-mail@example.org',
      attributes: { role: 'MARKER-role', interests: ['MARKER-own'], city: 'MARKER-city' },
      questionnaire: {
        data: { logline: 'MARKER-line', description: 'MARKER-text' },
        score: 10,
        answeredAt: NOW,
      },
    };
    fc.assert(
      fc.property(anyUser, (given) => {
        const { facts } = sheetOf(given, planted);
        expect(JSON.stringify(facts)).not.toContain('MARKER');
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('has the same sheet for the same knowledge', () => {
    fc.assert(
      fc.property(anyUser, (given) => {
        expect(sheetOf(given)).toEqual(sheetOf(given));
      }),
      { seed: 13, numRuns: 30 },
    );
  });
});
