import { describe, expect, it } from '@jest/globals';
import { fieldsNeeded, render, wordingOf } from '../../../../core/insights/texts/render-template.ts';
import { aDomain, aFact } from '../../../support/insights.ts';
import vectors from '../../../vectors/rendered-texts.json' with { type: 'json' };

describe('a rendered template', () => {
  it.each(vectors)('$words -> $text', ({ words, fields, text }) => {
    const binding = new Map([['f', aFact('goal1', 'goal', fields as never)]]);
    expect(render(wordingOf(words), binding, aDomain())).toBe(text);
  });

  it('speaks of several facts', () => {
    const binding = new Map([
      ['goal', aFact('goal1', 'goal', { title: 'Read' })],
      ['hour', aFact('hour1', 'hour', { hour: 9 })],
    ]);
    const wording = wordingOf("{goal.title} at {hour.hour} o'clock");
    expect(render(wording, binding, aDomain())).toBe("Read at 9 o'clock");
    expect(fieldsNeeded(wording, 'hour')).toEqual(['hour']);
  });
});
