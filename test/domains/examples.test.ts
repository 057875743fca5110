import { describe, expect, it } from '@jest/globals';
import { chooseActions } from '../../core/actions/choose-actions.ts';
import { noOffers } from '../../core/actions/types.ts';
import { TEXT_SECTIONS, type TextSection } from '../../core/domains/types.ts';
import type { Fact, FactSheet } from '../../core/insights/facts/types.ts';
import { type RuleText, ruleTexts } from '../../core/insights/texts/rule-texts.ts';
import { emptyBehaviour } from '../../core/profile/behaviour.ts';
import { readDomains } from '../../scripts/domains/read-domain.ts';
import { aFact, aSheet } from '../support/insights.ts';
import examples from '../vectors/domain-examples.json' with { type: 'json' };
import { busy, type Example, fading, newcomer } from './example-sheets.ts';

const LIMIT = 5;
const users = { newcomer, busy, fading };

const read = new Map(readDomains().domains.map((one) => [one.name, one]));

const domainOf = (name: string) => {
  const { domain, faults } = read.get(name) ?? { faults: [`there is no domain "${name}"`] };
  if (!domain) throw new Error(faults.join('\n'));
  return domain;
};

const pageOf = ({ facts }: FactSheet) => facts.find(({ kind }) => kind === 'page')?.names.page;

const textsOf = (example: Example, sheet: FactSheet, section: TextSection): RuleText[] =>
  ruleTexts(sheet, domainOf(example.domain), {
    section,
    limit: LIMIT,
    ...(section === 'suggestions' ? { page: pageOf(sheet) } : {}),
  });

const said = ({ title, body }: RuleText): string => `${title} ${body}`;

/** What only this user's text can hold: a name, a number or a date of a fact that it rests on. */
const ownWords = ({ names, numbers, dates }: Fact): string[] => [
  ...Object.values(names),
  ...Object.values(numbers).map(String),
  ...Object.values(dates).map((date) => String(Number(date.slice(8)))),
];

const namesOwnFact = (text: RuleText, { facts }: FactSheet): boolean =>
  facts
    .filter(({ id }) => text.facts.includes(id))
    .some((fact) => ownWords(fact).some((word) => said(text).includes(word)));

describe.each(examples as Example[])('what rules say in $domain', (example) => {
  it.each(Object.entries(users))('names what is known of the %s user in every section', (_name, make) => {
    const sheet = make(example);
    const silent = TEXT_SECTIONS.filter(
      (section) => !textsOf(example, sheet, section).some((text) => namesOwnFact(text, sheet)),
    );
    expect(silent).toEqual([]);
  });

  it.each(Object.entries(users))('leaves nothing unsaid in the words for the %s user', (_name, make) => {
    const sheet = make(example);
    const texts = TEXT_SECTIONS.flatMap((section) => textsOf(example, sheet, section));
    const faulty = texts.filter((text) => /[{}]|undefined|NaN|\s{2}| [.,:;]/.test(said(text)));
    expect(faulty).toEqual([]);
    expect(texts.filter(({ title, body }) => title.trim() === '' || body.trim() === '')).toEqual([]);
  });

  it('tells somebody of whom nothing is known something in every section', () => {
    const unknown: FactSheet = { facts: [], hash: '0'.repeat(16), takenAt: 0 };
    for (const section of TEXT_SECTIONS) expect(textsOf(example, unknown, section)).not.toHaveLength(0);
  });

  it('speaks of the goal that is behind on the first three places', () => {
    const first = textsOf(example, busy(example), 'priorityActions').slice(0, 3);
    expect(first.filter((text) => said(text).includes(example.goal))).not.toHaveLength(0);
  });

  it.each(Object.entries(users))('has three things to do at least for the %s user', (_name, make) => {
    const sheet = make(example);
    const ask = { behaviour: emptyBehaviour(), offers: noOffers, now: sheet.takenAt, limit: LIMIT };
    const { offered } = chooseActions({ domain: domainOf(example.domain), sheet, ...ask });
    expect(offered.length).toBeGreaterThanOrEqual(3);
  });

  it('puts first for the busy user what serves the goal that is behind', () => {
    const sheet = busy(example);
    const ask = { behaviour: emptyBehaviour(), offers: noOffers, now: sheet.takenAt, limit: 3 };
    const { offered } = chooseActions({ domain: domainOf(example.domain), sheet, ...ask });
    expect(offered[0]?.serves).toContain(example.goal);
  });
});

describe('a client of the film studio', () => {
  const sheetWith = (state: string) => aSheet([aFact('answers1', 'answers', { state, percent: 88 })]);
  const actionsOf = (state: string): string[] => {
    const sheet = sheetWith(state);
    const ask = { behaviour: emptyBehaviour(), offers: noOffers, now: sheet.takenAt, limit: 99 };
    return chooseActions({ domain: domainOf('film'), sheet, ...ask }).offered.map(({ action }) => action);
  };
  const proposed = (state: string): unknown[] =>
    TEXT_SECTIONS.flatMap((section) =>
      ruleTexts(sheetWith(state), domainOf('film'), { section, limit: 99 }).map(({ action }) => action),
    );

  it('is asked for answers until all are there', () => {
    expect(actionsOf('some')).toContain('start-questionnaire');
    expect(proposed('some')).toContain('start-questionnaire');
    expect(actionsOf('complete')).not.toContain('start-questionnaire');
    expect(proposed('complete')).not.toContain('start-questionnaire');
  });
});
