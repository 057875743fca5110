import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  insightsTraceOf,
  isInsightsTrace,
  shorterInsightsTrace,
  type Traced,
} from '../../../../core/insights/serve/insights-trace.ts';
import type { ShownText } from '../../../../core/insights/serve/shown-texts.ts';

const text = (given: Partial<ShownText> = {}): ShownText => ({
  section: 'priorityActions',
  title: 'Two listings to go',
  text: 'You published 3 of 5 listings.',
  priority: 'high',
  facts: ['goal1'],
  reason: '3 of 5',
  ...given,
});

const traced = (given: Partial<Traced> = {}): Traced => ({
  context: 'dashboard',
  domain: 'saas',
  source: 'cache',
  by: 'model',
  hash: '0123456789abcdef',
  texts: [text()],
  ...given,
});

describe('the trace of an answer with texts', () => {
  it('is the same for what says the same, whatever the facts did meanwhile', () => {
    const digest = (given?: Partial<Traced>) => insightsTraceOf(traced(given)).digest;
    expect(digest({ hash: 'another', context: 'dashboard' })).toBe(digest());
    const others = [
      digest({ texts: [text({ title: 'Another' })] }),
      digest({ texts: [text({ facts: ['goal2'] })] }),
      digest({ by: 'rules', because: 'throttled' }),
      digest({ actions: [{ action: 'a', probability: 0.1 }] }),
      digest({ domain: 'film' }),
    ];
    expect(new Set([digest(), ...others]).size).toBe(6);
    expect(digest({ actions: [{ action: 'a', probability: 0.2 }] })).toBe(others[3]);
  });

  it('names templates, and the beginning of what a model wrote', () => {
    const { texts } = insightsTraceOf(
      traced({
        texts: [text({ template: 'goal-behind' }), text({ title: '', text: '\u{1F3E0}'.repeat(100) })],
      }),
    );
    expect(texts).toEqual([
      ['priorityActions', 'goal-behind', 'goal1'],
      ['priorityActions', '\u{1F3E0}'.repeat(60), 'goal1'],
    ]);
  });

  it('gets shorter step by step, whatever was in it, and ends', () => {
    const texts = fc.array(fc.record({ title: fc.string({ unit: 'grapheme', maxLength: 90 }) }).map(text), {
      maxLength: 12,
    });
    const property = fc.property(texts, (shown) => {
      let [trace, steps] = [
        insightsTraceOf(traced({ texts: shown })) as ReturnType<typeof shorterInsightsTrace>,
        0,
      ];
      while (trace) {
        const next = shorterInsightsTrace(trace);
        if (next) expect(JSON.stringify(next).length).toBeLessThan(JSON.stringify(trace).length);
        [trace, steps] = [next, steps + 1];
      }
      expect(steps).toBeLessThan(40);
    });
    fc.assert(property, { seed: 20261121, numRuns: 200 });
  });

  it('is told from other traces', () => {
    expect(isInsightsTrace(insightsTraceOf(traced()))).toBe(true);
    for (const other of [{}, null, undefined, { items: [] }, { kind: 'other' }])
      expect(isInsightsTrace(other)).toBe(false);
  });
});
