import { describe, expect, it } from '@jest/globals';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import { medianSessionMinutes } from '../../../core/profile/fold/session-days.ts';
import { sessionInteractions } from '../../../core/profile/fold/session-interactions.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { MINUTE } from './histories.ts';

const startedAt = Date.UTC(2026, 10, 20, 9);
const session = {
  userId: 'ada',
  sessionId: 's-1',
  startedAt,
  endedAt: startedAt + 20 * MINUTE,
  device: 'mobile',
  pages: ['dashboard', { path: '/reports', durationMs: 5000 }],
  actions: ['Export PDF', { type: 'feature_use', feature: 'map', at: startedAt + 99 * MINUTE }],
};

/** Counts each id once, as the journal does. */
const foldOnce = (...reports: Interaction[][]) => {
  const byId = new Map(reports.flat().map((one) => [one.interactionId, one]));
  return foldInteractions(
    emptyBehaviour(),
    [...byId.values()].map((one, i) => ({ ...one, firstOfSession: i === 0 })),
  );
};

describe('a reported session', () => {
  it('becomes a start, pages, actions and an end, inside its own time', () => {
    const interactions = sessionInteractions(session, startedAt);
    expect(interactions.map(({ type }) => type)).toEqual([
      'session_start',
      'page_view',
      'page_view',
      'export_pdf',
      'feature_use',
      'session_end',
    ]);
    expect(
      interactions.every(({ occurredAt }) => occurredAt >= startedAt && occurredAt <= session.endedAt),
    ).toBe(true);
    expect(interactions.every((one) => one.sessionId === 's-1' && one.device === 'mobile')).toBe(true);
    expect(interactions[2]).toMatchObject({ durationMs: 5000, context: { page: '/reports' } });
    expect(interactions[4]).toMatchObject({ feature: 'map', occurredAt: session.endedAt });
  });

  it('is counted once when it is sent again, and grows when it has grown', () => {
    const first = sessionInteractions(session, startedAt);
    const grown = { ...session, endedAt: startedAt + 30 * MINUTE, pages: [...session.pages, 'team'] };
    const once = foldOnce(first);
    expect(foldOnce(first, sessionInteractions(session, startedAt + MINUTE)).interactions).toBe(
      once.interactions,
    );
    const both = foldOnce(first, sessionInteractions(grown, startedAt));
    expect(both.interactions).toBe(once.interactions + 2);
    expect(both.sessions).toBe(1);
    expect(medianSessionMinutes(both.sessionDays)).toBe(30);
    expect(both.devices).toEqual([['mobile', both.interactions]]);
  });

  it('has ids that the contract allows, different for sessions that only differ late in a long name', () => {
    const ids = ['a', 'b'].map((last) =>
      sessionInteractions({ ...session, sessionId: 'x'.repeat(127) + last }, startedAt).map(
        (one) => one.interactionId,
      ),
    );
    for (const id of ids.flat()) expect(id).toMatch(/^[A-Za-z0-9._:@-]{1,128}$/);
    expect(new Set(ids.flat()).size).toBe(12);
  });

  it('without an end has none, and no length', () => {
    const open = sessionInteractions({ userId: 'ada', sessionId: 's-2', startedAt }, startedAt);
    expect(open.map(({ type }) => type)).toEqual(['session_start']);
    expect(medianSessionMinutes(foldOnce(open).sessionDays)).toBe(0);
  });
});
