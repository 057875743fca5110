import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Domain, FactPattern, TextTemplate } from '../../../../core/domains/types.ts';
import { FACT_FIELDS, type Fact, type FactKind } from '../../../../core/insights/facts/types.ts';
import { type RuleTextsAsk, ruleTexts } from '../../../../core/insights/texts/rule-texts.ts';
import { aDomain, aFact, anAction, aSheet, aText } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const goal: FactPattern = { kind: 'goal' };
const streak: FactPattern = { kind: 'streak' };
const behind: FactPattern = { kind: 'goal', where: { pace: 'behind' } };
const goals = [
  aFact('goal1', 'goal', { title: 'Read', pace: 'on track' }, 'Goal "Read": on track.'),
  aFact('goal2', 'goal', { title: 'Write', pace: 'behind' }, 'Goal "Write": behind'),
];
const facts = [...goals, aFact('streak1', 'streak', { days: 4, today: 'no' }, 'A streak of 4 days')];

const written = (texts: TextTemplate[], ask: Partial<RuleTextsAsk> = {}, more: Partial<Domain> = {}) =>
  ruleTexts(aSheet(facts), aDomain({ texts, ...more }), { section: 'advice', limit: 5, ...ask });
const ids = (...args: Parameters<typeof written>) => written(...args).map(({ template }) => template);

describe('texts of rules', () => {
  it('say what their facts say, with their ids', () => {
    const text = aText({
      id: 'both',
      facts: { g: behind, s: streak },
      title: '{g.title}: {s.days} days',
      body: 'Go on with {g.title}.',
      action: 'write',
      priority: 'high',
    });
    expect(written([text])).toEqual([
      {
        template: 'both',
        title: 'Write: 4 days',
        body: 'Go on with Write.',
        action: 'write',
        priority: 'high',
        facts: ['goal2', 'streak1'],
        reason: 'Goal "Write": behind; A streak of 4 days',
      },
    ]);
  });

  it('carry the kind of a market insight', () => {
    const [text] = written([aText({ id: 'tip', section: 'marketInsights', kind: 'tip' })], {
      section: 'marketInsights',
    });
    expect(text).toMatchObject({ kind: 'tip', facts: [] });
    expect(text?.reason).toMatch(/everybody/);
  });

  it('for everybody propose what was done lately only where nothing else is to be said', () => {
    const texts = [aText({ id: 'book', action: 'book' }), aText({ id: 'tip' })];
    expect(ids(texts, { done: ['book'] })).toEqual(['tip']);
    expect(ids(texts)).toEqual(['book', 'tip']);
    expect(ids(texts.slice(0, 1), { done: ['book'] })).toEqual(['book']);
    const about = aText({ id: 'about', action: 'book', facts: { s: streak } });
    expect(ids([...texts, about], { done: ['book'] })).toEqual(['about', 'tip']);
  });

  it('come by priority, then the more specific, then as the domain has them', () => {
    const texts = [
      aText({ id: 'one', facts: { s: streak } }),
      aText({ id: 'two', facts: { g: behind, s: streak } }),
      aText({ id: 'low', facts: { g: { kind: 'goal', where: { pace: 'on track' } } }, priority: 'low' }),
      aText({ id: 'high', facts: { g: behind }, priority: 'high' }),
    ];
    expect(ids(texts)).toEqual(['high', 'two', 'low']);
    expect(ids(texts, { limit: 1 })).toEqual(['high']);
    expect(ids(texts, { limit: 0 })).toEqual([]);
  });

  it('speak of two facts by one template, the second after the first of others', () => {
    const texts = [
      aText({ id: 'goals', facts: { g: goal }, title: '{g.title}' }),
      aText({ id: 'streak', facts: { s: streak } }),
    ];
    expect(written(texts).map(({ facts }) => facts)).toEqual([['goal1'], ['streak1'], ['goal2']]);
  });

  it('never speak twice of the same facts, and propose an action once', () => {
    const same = [aText({ id: 'a', facts: { s: streak } }), aText({ id: 'b', facts: { s: streak } })];
    expect(ids(same)).toEqual(['a']);
    const acting = [aText({ id: 'goals', facts: { g: goal }, action: 'write' })];
    expect(written(acting).map(({ facts }) => facts)).toEqual([['goal1']]);
  });

  it('give every alias a fact of its own, whatever the order of aliases', () => {
    const any = aText({ id: 'any', facts: { a: goal, b: { kind: 'goal', where: { pace: 'on track' } } } });
    expect(written([any])[0]?.facts).toEqual(['goal2', 'goal1']);
    expect(ids([aText({ id: 'three', facts: { a: goal, b: goal, c: goal } })])).toEqual([]);
  });

  it('leave out what needs a field that no fact has', () => {
    expect(ids([aText({ id: 'due', facts: { g: goal }, body: 'Until {g.due}' })])).toEqual([]);
  });

  it('are not written where `unless` is so', () => {
    expect(ids([aText({ id: 'calm', facts: { s: streak }, unless: [behind] })])).toEqual([]);
    expect(ids([aText({ id: 'new', facts: { s: streak }, unless: [{ kind: 'unknown' }] })])).toEqual(['new']);
  });

  it('for everybody only fill up', () => {
    const texts = [
      aText({ id: 'all', priority: 'high' }),
      aText({ id: 'all-low', priority: 'low' }),
      aText({ id: 'streak', facts: { s: streak }, priority: 'low' }),
    ];
    expect(ids(texts)).toEqual(['streak', 'all', 'all-low']);
    expect(ids(texts, { limit: 1 })).toEqual(['streak']);
    expect(ruleTexts(aSheet([]), aDomain({ texts }), { section: 'advice', limit: 9 })).toHaveLength(2);
  });

  it('belong to pages, and what lies close to the page comes first', () => {
    const section = 'suggestions' as const;
    const texts = [
      aText({ id: 'far', section, facts: { s: streak }, action: 'other' }),
      aText({ id: 'near', section, facts: { g: behind }, action: 'create-listing' }),
      aText({ id: 'here', section, facts: { g: goal }, action: 'third', pages: ['listings'] }),
      aText({ id: 'there', section, facts: { g: goal }, action: 'fourth', pages: ['leads'] }),
    ];
    expect(ids(texts, { section, page: ' Listings ' })).toEqual(['near', 'here', 'far']);
    expect(ids(texts, { section, page: '/nowhere' })).toEqual(['far', 'near']);
    expect(ids(texts, { section })).toEqual(['far', 'near']);
  });

  it('propose no action that is over or dismissed', () => {
    const texts = [
      aText({ id: 'over', facts: { g: goal }, action: 'over' }),
      aText({ id: 'dismissed', facts: { s: streak }, action: 'dismissed' }),
    ];
    const actions = [anAction({ id: 'over', until: '2026-11-19' }), anAction({ id: 'dismissed' })];
    expect(ids(texts, { without: ['dismissed'] }, { actions })).toEqual([]);
    const later = [anAction({ id: 'over', until: '2026-11-21' }), anAction({ id: 'dismissed' })];
    expect(ids(texts, {}, { actions: later })).toEqual(['over', 'dismissed']);
  });

  it('hold only numbers of the facts they cite, also of names and dates', () => {
    const kinds: FactKind[] = ['goal', 'feature', 'content', 'streak', 'trend', 'focus'];
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('{b.uses} 7', '%d 100%', 'Publish 5 listings', '{a.title}', '٣ كتب', 'add_2_cart'),
    );
    const fact = fc
      .record({
        kind: fc.constantFrom(...kinds),
        names: fc.array(name, { minLength: 8, maxLength: 8 }),
        numbers: fc.array(fc.oneof(fc.nat(2_000_000), fc.double({ min: 0, max: 99, noNaN: true })), {
          minLength: 8,
          maxLength: 8,
        }),
      })
      .map(({ kind, names, numbers }) => (index: number): Fact => {
        const known = FACT_FIELDS[kind];
        const fields: Record<string, string | number> = {};
        for (const [i, field] of known.names.entries()) fields[field] = names[i]!;
        for (const field of known.words) fields[field] = 'some_word';
        for (const [i, field] of known.numbers.entries()) fields[field] = Math.round(numbers[i]! * 10) / 10;
        if (kind === 'goal') Object.assign(fields, { left: Math.round(numbers[0]!), due: '2026-12-04' });
        return aFact(`${kind}${index}`, kind, fields);
      });
    const template = fc.record({
      kinds: fc.array(fc.constantFrom(...kinds), { maxLength: 3 }),
      priority: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
    });
    const textOf = (
      { kinds, priority }: { kinds: FactKind[]; priority: TextTemplate['priority'] },
      i: number,
    ) => {
      const aliases = kinds.map((kind, k) => [`a${'bcd'[k]}`, kind] as const);
      const words = aliases.flatMap(([alias, kind]) => {
        const { names, words, numbers } = FACT_FIELDS[kind];
        const more = kind === 'goal' ? ['left', 'due'] : [];
        return [...names, ...words, ...numbers, ...more].map((field) => `{${alias}.${field}}`);
      });
      const given = Object.fromEntries(aliases.map(([alias, kind]) => [alias, { kind }]));
      return aText({
        id: `t${i}`,
        facts: given,
        title: words.join(' '),
        body: words.toReversed().join(', '),
        priority,
      });
    };
    const numbersIn = (text: string): string[] => text.match(/\p{Nd}[\p{Nd},.]*(?<=\p{Nd})|\p{Nd}/gu) ?? [];
    const held = ({ names, numbers }: Fact): string =>
      [
        ...Object.values(names).flatMap((one) => [one, one.replaceAll(/[_:]+/g, ' ')]),
        ...Object.values(numbers).flatMap((one) => [String(one), one.toLocaleString('en-US')]),
        '4 December 2026',
      ].join(' ');
    let seen = 0;
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 20 }),
        fc.array(template, { maxLength: 12 }),
        (makers, templates) => {
          const known = makers.map((make, i) => make(i));
          const domain = aDomain({ texts: templates.map(textOf) });
          const texts = ruleTexts(aSheet(known), domain, { section: 'advice', limit: 10 });
          for (const { title, body, facts: cited } of texts) {
            const all = known.filter(({ id }) => cited.includes(id)).map(held);
            const allowed = new Set(numbersIn(all.join(' ')));
            for (const number of numbersIn(`${title} ${body}`)) expect(allowed).toContain(number);
            seen += numbersIn(title).length;
          }
          const keys = texts.map(({ facts: cited }) => [...cited].sort().join()).filter((key) => key !== '');
          expect(new Set(keys).size).toBe(keys.length);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(1_000);
  });

  it('are the same for the same sheet, however long it is and however many templates fit', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      aFact(`goal${i}`, 'goal', { title: `Goal ${i}`, pace: i % 2 ? 'behind' : 'ahead' }),
    );
    const texts = Array.from({ length: 200 }, (_, i) =>
      aText({ id: `t${i}`, facts: { a: behind, b: goal }, title: '{a.title} {b.title}' }),
    );
    const sheet = aSheet(many, NOON);
    const domain = aDomain({ texts });
    const answer = ruleTexts(sheet, domain, { section: 'advice', limit: 5 });
    expect(answer).toEqual(ruleTexts(sheet, domain, { section: 'advice', limit: 5 }));
    expect(answer.map(({ facts: cited }) => cited)).toEqual([
      ['goal1', 'goal0'],
      ['goal3', 'goal2'],
    ]);
  });
});
