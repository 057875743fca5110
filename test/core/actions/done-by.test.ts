import { describe, expect, it } from '@jest/globals';
import { doneCount, doneName, doneWithin } from '../../../core/actions/done-by.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { NOON } from '../../support/interactions.ts';
import { behaviourOf, counting } from './behaviours.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const listing = { type: 'create', contentType: 'listing' };
const window = { from: NOON, to: NOON + 8 * HOUR, before: 0 };
const at = (minutes: number) => NOON + minutes * MINUTE;

describe('what shows an action done', () => {
  it('is counted by type, feature and content type, by the fewest where several are named', () => {
    const behaviour = behaviourOf(
      { type: 'create', contentType: 'listing', feature: 'editor', occurredAt: NOON },
      { type: 'create', contentType: 'post', occurredAt: NOON },
      { type: 'view', contentType: 'listing', occurredAt: NOON },
      { type: 'view', contentType: 'listing', occurredAt: NOON },
    );
    expect(doneCount(behaviour, { type: 'create' })).toBe(2);
    expect(doneCount(behaviour, { feature: 'editor' })).toBe(1);
    expect(doneCount(behaviour, { contentType: 'listing' })).toBe(3);
    expect(doneCount(behaviour, listing)).toBe(2);
    expect(doneCount(behaviour, { type: 'sell' })).toBe(0);
    expect(doneCount(emptyBehaviour(), {})).toBe(0);
  });

  it('has the name of sequences', () => {
    expect(doneName({ feature: 'editor', type: 'open' })).toBe('editor');
    expect(doneName(listing)).toBe('create:listing');
    expect(doneName({ contentType: 'listing' })).toBeUndefined();
  });

  it('is done while the offer stood where the count rose', () => {
    const call = { type: 'call' };
    const behaviour = behaviourOf({ type: 'call', occurredAt: at(30) });
    expect(doneWithin(behaviour, call, window)).toBe(true);
    expect(doneWithin(behaviour, call, { ...window, before: 1 })).toBe(false);
    expect(doneWithin(emptyBehaviour(), call, window)).toBe(false);
  });

  it('is not what came after the window only', () => {
    const late = behaviourOf({ type: 'call', occurredAt: NOON + 9 * HOUR });
    expect(doneWithin(late, { type: 'call' }, window)).toBe(false);
    expect(doneWithin(counting(late, { type: 'call', occurredAt: at(5) }), { type: 'call' }, window)).toBe(
      true,
    );
  });

  it('may be told by a clock that is a little behind', () => {
    expect(doneWithin(behaviourOf({ ...listing, occurredAt: at(-4) }), listing, window)).toBe(true);
    expect(doneWithin(behaviourOf({ ...listing, occurredAt: at(-6) }), listing, window)).toBe(false);
  });

  it('is one interaction with all that is named, as far back as recent ones reach', () => {
    const parts = behaviourOf(
      { type: 'create', contentType: 'post', occurredAt: at(5) },
      { type: 'view', contentType: 'listing', occurredAt: at(6) },
    );
    expect(doneWithin(parts, listing, window)).toBe(false);
    expect(doneWithin(counting(parts, { ...listing, occurredAt: at(7) }), listing, window)).toBe(true);
    const clicks = Array.from({ length: 30 }, (_, i) => ({ type: 'click', occurredAt: at(20 + i) }));
    const busy = counting(emptyBehaviour(), { ...listing, occurredAt: at(7) }, ...clicks);
    expect(doneWithin(busy, listing, window)).toBe(true);
    expect(doneWithin(counting(emptyBehaviour(), ...clicks), listing, window)).toBe(false);
  });
});
