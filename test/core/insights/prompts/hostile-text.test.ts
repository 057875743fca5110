import { describe, expect, it } from '@jest/globals';
import { writtenInsights } from '../../../../contracts/messages/written-texts.ts';
import { checkInsights } from '../../../../core/insights/check/check-texts.ts';
import { isHostile } from '../../../../core/insights/prompts/hostile-text.ts';
import { insightsPrompt } from '../../../../core/insights/prompts/prompts.ts';
import { WITHHELD } from '../../../../core/insights/prompts/shown-texts.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { readPrompt } from '../../../../local/bedrock/read-prompt.ts';
import { writeAnswer } from '../../../../local/bedrock/write-answer.ts';
import { aDomain, aFact, anAction, aSheet } from '../../../support/insights.ts';
import harmless from '../../../vectors/harmless-texts.json' with { type: 'json' };
import hostile from '../../../vectors/hostile-texts.json' with { type: 'json' };

const domain = aDomain({ actions: [anAction({ id: 'create-listing' })] });

const sheetWith = (text: string) =>
  aSheet([
    aFact('goal1', 'goal', { title: text, term: 'short', pace: 'open', measured: 'no' }, `Goal "${text}"`),
    aFact('feedback1', 'feedback', { text, mood: 'neutral' }, `Wrote (neutral): "${text}"`),
    aFact('churn1', 'churn', { risk: 'low', factor: 'recency', percent: 12 }, 'Risk of leaving: 12 %, low'),
  ]);

describe.each(hostile)('a hostile text: $name', ({ text }) => {
  const sheet = sheetWith(text);
  const prompt = insightsPrompt(sheet, domain);

  it('does not reach the model, but its fact does', () => {
    expect(isHostile(text)).toBe(true);
    expect(prompt.user).not.toContain(text);
    expect(prompt.user).toMatch(/^goal1 goal /m);
    expect(prompt.user).toContain(`goal1.title "${WITHHELD}"`);
    expect(prompt.system).not.toContain(text);
  });

  it('leaves good answers good, and refuses one that repeats it', () => {
    const good = writtenInsights.parse(writeAnswer('insights', readPrompt(prompt.user), seededRandom(7)));
    expect(checkInsights(good, sheet, domain)).toEqual({ ok: true });
    const repeats = { ...good, behaviour: [{ text: `${text} ${text}`, facts: ['goal1'] }] };
    expect(checkInsights(repeats, sheet, domain).ok).toBe(false);
  });
});

it.each(harmless)('shows what is no instruction: %s', (text) => {
  const shown = readPrompt(insightsPrompt(sheetWith(text), domain).user).texts.get('goal1.title');
  expect([isHostile(text), shown]).toEqual([false, text.replace(/[<>]/g, ' ').replace(/\s+/g, ' ').trim()]);
});
