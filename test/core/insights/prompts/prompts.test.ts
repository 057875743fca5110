import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isHostile } from '../../../../core/insights/prompts/hostile-text.ts';
import { insightsPrompt, suggestionsPrompt } from '../../../../core/insights/prompts/prompts.ts';
import { countTokens } from '../../../../local/bedrock/count-tokens.ts';
import { readPrompt } from '../../../../local/bedrock/read-prompt.ts';
import { aDomain, aFact, anAction, aSheet } from '../../../support/insights.ts';

const domain = aDomain({
  actions: Array.from({ length: 16 }, (_, at) =>
    anAction({ id: `action-${at}`, title: `Do the useful thing ${at}` }),
  ),
});

const aGoal = (id: string, title: string) =>
  aFact(
    id,
    'goal',
    { title, term: 'short', pace: 'behind', measured: 'yes', current: 3, target: 5, due: '2026-11-26' },
    `Goal "${title}": 3 of 5 listings published, due on 2026-11-26, behind`,
  );

describe('a prompt', () => {
  it('keeps what users wrote between fences, as JSON strings, and nowhere else', () => {
    const title = 'Sell "the villa"\ngoal two';
    const sheet = aSheet([aGoal('goal1', title)]);
    const { system, user } = insightsPrompt(sheet, domain);
    const [, fence = ''] = /^<(data-\w+)>$/m.exec(user) ?? [];
    const [before = '', inside = '', after] = user.split(new RegExp(`^</?${fence}>$`, 'm'));
    expect(before).toContain('goal1 goal Goal "[title]": 3 of 5 listings published');
    expect(system + before).not.toMatch(/villa/);
    expect(inside.trim()).toMatch(/^goal1\.title "Sell \\"the villa\\" [^\n]*"$/);
    expect(after).toBe('');
  });

  it('says names of actions as people do, between the fences only', () => {
    const next = aFact(
      'next1',
      'next',
      { action: 'call_lead:lead', percent: 28 },
      'Likely next: call lead (28 %)',
    );
    const { user } = insightsPrompt(aSheet([next]), domain);
    expect(user).toContain('next1 next Likely next: [action] (28 %)');
    expect(user).toContain('next1.action "call lead"');
    expect(user).not.toMatch(/call_lead/);
  });

  it('has another fence for other facts, whatever the hash says', () => {
    const fences = ['a', 'b'].map(
      (title) => /<(data-\w+)>/.exec(insightsPrompt(aSheet([aGoal('goal1', title)]), domain).user)?.[1],
    );
    expect(new Set(fences).size).toBe(2);
  });

  it('holds no addresses, links, phone numbers and tokens', () => {
    const secrets = [
      'ada@example.org',
      'ada (at) example.org',
      'https://example.org/?id=7',
      'www.example.org/me',
      '+31 20 555 01 23',
      '0205550123',
      'NL91 ABNA 0417 1643 00',
      'eyJhbGciOiJIUzI1NiJ9.e30.x',
      '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      '@ada_lovelace',
    ];
    for (const secret of secrets) {
      const { user } = insightsPrompt(aSheet([aGoal('goal1', `Call ${secret} soon`)]), domain);
      expect(user).not.toContain(secret);
      expect(user).toMatch(/goal1\.title "(Call \(\w+ removed\)|\(text withheld\))/);
    }
  });

  it('stays below 6,000 characters with 60 goals of 10,000 characters', async () => {
    const long = (at: number) =>
      `Goal ${at}: ${'sell more houses in the north '.repeat(340)}`.slice(0, 10_000);
    const sheet = aSheet(Array.from({ length: 60 }, (_, at) => aGoal(`goal${at + 1}`, long(at))));
    for (const prompt of [insightsPrompt(sheet, domain), suggestionsPrompt(sheet, domain)]) {
      expect(prompt.system.length + prompt.user.length).toBeLessThan(6_000);
      expect(readPrompt(prompt.user).facts.length).toBeGreaterThan(15);
      expect(await countTokens(prompt.system + prompt.user)).toBeLessThan(2_500);
    }
  });

  it('holds every fact, its numbers and dates, whatever the texts are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 12 }),
        (titles) => {
          const sheet = aSheet(titles.map((title, at) => aGoal(`goal${at + 1}`, title)));
          const { user } = insightsPrompt(sheet, domain);
          const read = readPrompt(user);
          expect(read.facts.map(({ id }) => id)).toEqual(sheet.facts.map(({ id }) => id));
          for (const line of user.split('\n').filter((text) => /^goal\d+ goal /.test(text)))
            for (const part of ['3', '5', '2026-11-26', 'behind']) expect(line).toContain(part);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });

  it('names the actions, those of the page first', () => {
    const near = { ...domain, pages: [{ page: 'leads', title: 'Leads', actions: ['action-9'] }] };
    const sheet = aSheet([aFact('page1', 'page', { page: 'leads', title: 'Leads' })]);
    expect(readPrompt(suggestionsPrompt(sheet, near).user).actions[0]).toBe('action-9');
  });
});

it('takes none of the words of the products for an instruction', () => {
  const folder = new URL('../../../../domains/', import.meta.url);
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      ['actions', 'texts', 'achievements'].flatMap((file) =>
        (
          JSON.parse(readFileSync(new URL(`${name}/${file}.json`, folder), 'utf8')) as Record<
            string,
            string
          >[]
        ).flatMap(({ title, description, body, name: called }) => [title, description, body, called]),
      ),
    );
  const plain = texts.flatMap((text) => (text === undefined ? [] : [text.replace(/\{\w+\.\w+\}/g, 'that')]));
  expect(plain.length).toBeGreaterThan(100);
  expect(plain.filter(isHostile)).toEqual([]);
});
