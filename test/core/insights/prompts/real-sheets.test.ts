import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { writtenInsights, writtenSuggestions } from '../../../../contracts/messages/written-texts.ts';
import { checkInsights, checkSuggestions } from '../../../../core/insights/check/check-texts.ts';
import { contextFacts } from '../../../../core/insights/facts/context-facts.ts';
import { factSheet, withFacts } from '../../../../core/insights/facts/fact-sheet.ts';
import { insightsPrompt, suggestionsPrompt } from '../../../../core/insights/prompts/prompts.ts';
import { seededRandom } from '../../../../core/numbers/seeded-random.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../../core/profile/fold/fold-interactions.ts';
import { domainNames, loadDomain } from '../../../../lambdas/runtime/kept/domains.ts';
import { readPrompt } from '../../../../local/bedrock/read-prompt.ts';
import { writeAnswer } from '../../../../local/bedrock/write-answer.ts';
import { anyInteraction } from '../../profile/histories.ts';
import { known, NOW, profileOf } from '../facts/facts-world.ts';

const planted = profileOf({
  userId: 'MARKER-id',
  email: 'MARKER-mail@example.org',
  attributes: { role: 'MARKER-role', city: 'MARKER-city' },
  marketFocus: ['Amsterdam-Noord', 'Route 66'],
  goals: [
    {
      title: 'Publish five listings',
      term: 'short',
      setAt: NOW - 86_400_000,
      baseline: 0,
      metric: 'publish',
      target: 5,
      due: '2026-12-01',
    },
    { title: 'Mail MARKER@example.org about 2 flats', term: 'long', setAt: NOW - 86_400_000, baseline: 0 },
  ],
});

const sheetOf = (interactions: Parameters<typeof foldInteractions>[1], name: string) => {
  const behaviour = foldInteractions(emptyBehaviour(), interactions);
  return factSheet(known({ profile: planted, behaviour }), loadDomain(name));
};

describe.each(domainNames().map((name) => ({ name })))('sheets of the engine in $name', ({ name }) => {
  const domain = loadDomain(name);

  it('name nobody in their prompts, and good answers from them pass', () => {
    fc.assert(
      fc.property(fc.array(anyInteraction, { maxLength: 40 }), fc.nat(), (interactions, seed) => {
        const sheet = sheetOf(interactions, name);
        const prompt = insightsPrompt(sheet, domain);
        expect(prompt.system + prompt.user).not.toContain('MARKER');
        const answer = writtenInsights.parse(
          writeAnswer('insights', readPrompt(prompt.user), seededRandom(seed)),
        );
        expect([answer, checkInsights(answer, sheet, domain)]).toEqual([answer, { ok: true }]);
      }),
      { seed: 17, numRuns: 25 },
    );
  });

  it('give good suggestions for a page', () => {
    const page = {
      currentPage: domain.pages[0]?.page ?? 'home',
      recentActions: ['open', 'open', 'edit'],
      timeOfDay: '09:30',
    };
    const sheet = withFacts(sheetOf([], name), contextFacts(page, domain));
    const prompt = suggestionsPrompt(sheet, domain);
    const answer = writtenSuggestions.parse(
      writeAnswer('suggestions', readPrompt(prompt.user), seededRandom(5)),
    );
    expect(checkSuggestions(answer, sheet, domain)).toEqual({ ok: true });
    expect(prompt.system.length + prompt.user.length).toBeLessThan(7_000);
  });
});
