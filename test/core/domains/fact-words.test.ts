import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { FACT_WORDS, fieldsWith, fieldType } from '../../../core/domains/fact-words.ts';
import type { Goal } from '../../../core/goals/goal.ts';
import { contextFacts } from '../../../core/insights/facts/context-facts.ts';
import { factSheet } from '../../../core/insights/facts/fact-sheet.ts';
import { marketView } from '../../../core/insights/facts/market-view.ts';
import type { Fact } from '../../../core/insights/facts/types.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { catalogItem, DAY, domain, known, NOW, profileOf, sharedOf } from '../insights/facts/facts-world.ts';
import { anyInteraction } from '../profile/histories.ts';

const items = [
  catalogItem('i1', { type: 'listing', title: 'Loft in the north', tags: ['north'] }),
  catalogItem('i2', { type: 'listing', title: 'House in the south', tags: ['south'] }),
];
const shared = sharedOf(items, ['i1', 'i2']);

const anyGoal = fc.record({
  title: fc.constantFrom('Publish', 'Be known'),
  term: fc.constantFrom('short' as const, 'long' as const),
  metric: fc.constantFrom(undefined, 'publish', 'view', 'sessions', 'features', 'value:purchase'),
  target: fc.constantFrom(undefined, 1, 7, 2.5, 1e9),
  due: fc.constantFrom(undefined, '2026-11-26', '2026-11-01T08:00:00Z', '2031-01-01', 'no date'),
  setAt: fc.integer({ min: NOW - 30 * DAY, max: NOW }),
  baseline: fc.nat(3),
}) as fc.Arbitrary<Goal>;

const anyFacts: fc.Arbitrary<readonly Fact[]> = fc
  .record({
    goals: fc.array(anyGoal, { maxLength: 5 }),
    focus: fc.subarray(['north', 'east']),
    interests: fc.subarray(['south', 'west']),
    history: fc.array(anyInteraction, { maxLength: 60 }),
    timeOfDay: fc.constantFrom(undefined, 'morning', '13:00', '19:30', '02:00', 'soon'),
    now: fc.integer({ min: NOW, max: NOW + 60 * DAY }),
  })
  .map(({ goals, focus, interests, history, timeOfDay, now }) => {
    const profile = profileOf({ goals, marketFocus: focus, preferences: { interests } });
    const market = marketView(shared, { focus, interests }, now);
    const behaviour = foldInteractions(emptyBehaviour(), history);
    const context = { currentPage: 'listings', recentActions: ['open', 'open'], timeOfDay };
    return [
      ...factSheet(known({ profile, behaviour, market, now }), domain).facts,
      ...contextFacts(context, domain),
    ];
  });

const fieldsOf = ({ names, words, numbers, dates }: Fact) => ({ ...names, ...words, ...numbers, ...dates });

/** Every field of every fact, as `kind.field`, where something is wrong with it. */
const wrongFields = (
  facts: readonly Fact[],
  isRight: (fact: Fact, field: string, value: string | number) => boolean,
): string[] =>
  facts.flatMap((fact) =>
    Object.entries(fieldsOf(fact))
      .filter(([field, value]) => !isRight(fact, field, value))
      .map(([field]) => `${fact.kind}.${field} of: ${fact.says}`),
  );

const always = (
  seed: number,
  isRight: (fact: Fact, field: string, value: string | number) => boolean,
): void =>
  fc.assert(
    fc.property(anyFacts, (facts) => expect(wrongFields(facts, isRight)).toEqual([])),
    { seed, numRuns: 120 },
  );

it('facts have no words but those that patterns may ask for', () => {
  always(7, ({ kind }, field, value) => {
    const allowed = FACT_WORDS[kind]?.[field];
    return allowed === undefined || allowed.includes(String(value));
  });
});

it('a field of a fact brings the fields that the checker counts on', () => {
  always(8, (fact, field, value) => {
    const brought = fieldsWith(fact.kind, field, typeof value === 'string' ? [value] : []);
    return brought.every((other) => Object.hasOwn(fieldsOf(fact), other));
  });
});

it('fields hold what they are said to hold: names, words, numbers or dates', () => {
  const places = { name: 'names', word: 'words', number: 'numbers', date: 'dates' } as const;
  always(9, (fact, field) => {
    const type = fieldType(fact.kind, field);
    return type !== undefined && Object.hasOwn(fact[places[type]], field);
  });
});
