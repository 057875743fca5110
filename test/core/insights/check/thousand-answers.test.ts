import { expect, it } from '@jest/globals';
import { writtenInsights, writtenSuggestions } from '../../../../contracts/messages/written-texts.ts';
import { checkInsights, checkSuggestions } from '../../../../core/insights/check/check-texts.ts';
import { groundsOf, ungrounded } from '../../../../core/insights/check/ground.ts';
import type { FactSheet } from '../../../../core/insights/facts/types.ts';
import { insightsPrompt, suggestionsPrompt } from '../../../../core/insights/prompts/prompts.ts';
import type { WrittenInsights, WrittenSuggestions } from '../../../../core/insights/types.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { readPrompt } from '../../../../local/bedrock/read-prompt.ts';
import { foreignFact, inventNumber } from '../../../../local/bedrock/spoil-answer.ts';
import { writeAnswer } from '../../../../local/bedrock/write-answer.ts';
import { aDomain, anAction } from '../../../support/insights.ts';
import { seededSheet } from '../../../support/seeded-sheets.ts';

const domain = aDomain({
  actions: ['create-listing', 'call-lead', 'read-report', 'plan-open-house', 'share-listing'].map((id) =>
    anAction({ id }),
  ),
});

const ANSWERS = 1_000;

type Case = {
  readonly answer: WrittenInsights | WrittenSuggestions;
  readonly sheet: FactSheet;
  readonly told: string;
};

type AnyClaim = {
  readonly facts: readonly string[];
  readonly text?: string;
  readonly description?: string;
  readonly body?: string;
};

const goodCase = (seed: number): Case & { purpose: 'insights' | 'suggestions' } => {
  const random = seededRandom(seed);
  const sheet = seededSheet(random);
  const purpose = random() < 0.7 ? 'insights' : 'suggestions';
  const { user } = (purpose === 'insights' ? insightsPrompt : suggestionsPrompt)(sheet, domain);
  return { purpose, sheet, told: user, answer: writeAnswer(purpose, readPrompt(user), random) };
};

const checked = (purpose: 'insights' | 'suggestions', answer: Case['answer'], sheet: FactSheet) =>
  purpose === 'insights'
    ? checkInsights(writtenInsights.parse(answer), sheet, domain)
    : checkSuggestions(writtenSuggestions.parse(answer), sheet, domain);

it('refuses every altered one of a thousand answers and no good one', () => {
  let altered = 0;
  let claims = 0;
  const wrong: unknown[] = [];
  for (let seed = 1; seed <= ANSWERS; seed += 1) {
    const { purpose, sheet, told, answer } = goodCase(seed);
    const random = seededRandom(seed + 1_000_000);
    const spoils = seed % 10 === 0;
    const spoil = seed % 20 === 0 ? foreignFact : inventNumber;
    const given = spoils ? spoil(answer, told, random) : answer;
    const result = checked(purpose, given, sheet);
    claims += Object.values(given).flat().length;
    if (spoils) altered += 1;
    if (result.ok === spoils) wrong.push({ seed, result, given });
  }
  expect(wrong).toEqual([]);
  expect(altered).toBe(ANSWERS / 10);
  expect(claims).toBeGreaterThan(4 * ANSWERS);
});

it('finds a number that is one off, for every number of every claim', () => {
  let tried = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const { sheet, answer } = goodCase(seed);
    const grounds = groundsOf(sheet);
    for (const claim of Object.values(answer).flat() as AnyClaim[]) {
      const cited = claim.facts.flatMap((id) => grounds.get(id) ?? []);
      const text = claim.text ?? claim.description ?? claim.body ?? '';
      for (const found of text.matchAll(/(?<![\d,.-])\d+(?![\d,.-])/g)) {
        const off = Number(found[0]) + 1;
        // One more may be another number of the same facts.
        if (cited.some(({ values }) => values.has(off))) continue;
        const changed = text.slice(0, found.index) + off + text.slice(found.index + found[0].length);
        tried += 1;
        expect([changed, ungrounded(changed, cited).length > 0]).toEqual([changed, true]);
      }
    }
  }
  expect(tried).toBeGreaterThan(1_000);
});
