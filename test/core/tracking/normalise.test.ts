import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../../../core/errors.ts';
import { deviceKind, normaliseInteraction, typeName } from '../../../core/tracking/normalise.ts';
import { DAY } from '../../support/clock.ts';
import { NOON } from '../../support/interactions.ts';

const context = {
  userId: 'ada',
  now: NOON,
  retentionMs: 30 * DAY,
  newId: () => 'made',
};
const normalised = (sent: Parameters<typeof normaliseInteraction>[0]) => normaliseInteraction(sent, context);
const at = (ms: number) => new Date(ms).toISOString();

describe('an interaction in the words of a client', () => {
  it.each(['Add To Cart', 'addToCart', 'ADD-TO-CART', 'add_to_cart', ' add  to-cart '])('type %s', (type) => {
    expect(typeName(type)).toBe('add_to_cart');
  });

  it('takes its type from type, else interactionType, else action', () => {
    expect(normalised({ type: 'View', interactionType: 'click', action: 'like' }).type).toBe('view');
    expect(normalised({ interactionType: 'Click', action: 'like' }).type).toBe('click');
    expect(normalised({ action: 'LIKE' }).type).toBe('like');
  });

  it('takes its duration from durationMs, else duration in milliseconds, else timeSpent in seconds', () => {
    expect(normalised({ type: 'v', durationMs: 1, duration: 2, timeSpent: 3 }).durationMs).toBe(1);
    expect(normalised({ type: 'v', duration: 2, timeSpent: 3 }).durationMs).toBe(2);
    expect(normalised({ type: 'v', timeSpent: 3 }).durationMs).toBe(3_000);
    expect(normalised({ type: 'v', durationMs: 0, timeSpent: 3 }).durationMs).toBe(0);
  });

  it('gets what it lacks: id, time, user, arrival; and nothing that was not said', () => {
    expect(normalised({ type: 'v' })).toEqual({
      interactionId: 'made',
      userId: 'ada',
      type: 'v',
      occurredAt: NOON,
      receivedAt: NOON,
    });
  });

  it('knows a device by its name or its type', () => {
    expect([deviceKind(' Mobile '), deviceKind({ type: 'TABLET' }), deviceKind(undefined)]).toEqual([
      'mobile',
      'tablet',
      undefined,
    ]);
  });
});

describe('the time of an interaction', () => {
  it('may be ahead by five minutes and as old as the retention period, no more', () => {
    const fiveMinutes = 5 * 60_000;
    expect(normalised({ type: 'v', occurredAt: at(NOON + fiveMinutes) }).occurredAt).toBe(NOON + fiveMinutes);
    expect(normalised({ type: 'v', occurredAt: at(NOON - 30 * DAY) }).occurredAt).toBe(NOON - 30 * DAY);
    expect(() => normalised({ type: 'v', occurredAt: at(NOON + fiveMinutes + 1) })).toThrow(Invalid);
    expect(() => normalised({ type: 'v', occurredAt: at(NOON - 30 * DAY - 1) })).toThrow(Invalid);
  });

  it('is the same moment in any zone', () => {
    expect(normalised({ type: 'v', occurredAt: '2026-11-21T13:00:00+02:00' }).occurredAt).toBe(
      NOON - 3_600_000,
    );
  });
});
