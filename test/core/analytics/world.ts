import fc from 'fast-check';
import { dayOf } from '../../../core/analytics/periods.ts';
import type { JudgeDecisions } from '../../../core/analytics/types.ts';
import { newConfigDecisionId, newDecisionId } from '../../../core/decisions/decision-id.ts';
import type { Decision } from '../../../core/decisions/ports.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import { aggregate } from '../../../core/nights/steps/aggregate.ts';
import { count } from '../../../core/nights/steps/count.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import type { Interaction } from '../../../core/profile/types.ts';
import { DAY } from '../../support/clock.ts';
import { NIGHT, type NightWorld, storedUser } from '../../support/night-world.ts';

/** The running day of the tests: 03:00 UTC. */
export const TODAY = dayOf(NIGHT);

/** A recommendation trace of so many elements. */
export const answered = (userId: string, number: number, decidedAt: number, shown: number): Decision => ({
  decisionId: newDecisionId('a1b2c3', decidedAt, () => String(number)),
  userId,
  decidedAt,
  body: { context: 'home', shown: [shown, 1], items: [] },
});

export const configured = (userId: string, number: number, decidedAt: number): Decision => ({
  decisionId: newConfigDecisionId(decidedAt, () => String(number)),
  userId,
  decidedAt,
  body: {},
});

/** Rule `r1` applies in every second decision. */
export const judge: JudgeDecisions = async (_, decisions) =>
  decisions
    .filter(({ decisionId }) => decisionId.startsWith('cfg.'))
    .map(({ decidedAt, decisionId }) => ({
      decidedAt,
      segments: [],
      outcomes: [
        {
          ruleId: 'r1',
          version: 1,
          arm: decisionId.endsWith('1') ? ('applied' as const) : ('not matched' as const),
          lostTo: [],
          wonOver: [],
          silenced: false,
        },
      ],
    }));

export const withDecisions = (user: StoredUser, decisions: readonly Decision[]): StoredUser => ({
  ...user,
  decisions,
});

/** Runs the job on a world, cut into so many shards, as it would have begun at `startedAt`. */
export const runAggregate = async (
  { ports }: NightWorld,
  { runId, shards, startedAt = NIGHT }: { runId: string; shards: number; startedAt?: number },
) => {
  await ports.objects.putJson(`exports/${runId}/plan.json.gz`, { runId, startedAt, shards });
  for (let shard = 0; shard < shards; shard += 1)
    await count(ports, judge, { runId, shard, shards, now: startedAt + shard });
  return aggregate(ports, { runId, shard: 0, shards: 1, now: startedAt + 1_000 });
};

/** Between 100 days before the run and two days after it, often on the edge of a day. */
const time = fc.oneof(
  fc.integer({ min: NIGHT - 100 * DAY, max: NIGHT + 2 * DAY }),
  fc
    .tuple(fc.integer({ min: -95, max: 1 }), fc.constantFrom(-1, 0, 1))
    .map(([days, off]) => Date.parse(TODAY) + days * DAY + off),
);

const interaction = fc.record(
  {
    type: fc.constantFrom('view', 'click', 'impression', 'purchase', 'complete', 'dismiss', 'like'),
    contentId: fc.constantFrom('c1', 'c2', 'c3'),
    contentType: fc.constantFrom('course', 'lesson', 'product'),
    sessionId: fc.constantFrom('s1', 's2'),
    completionRate: fc.constantFrom(0.5, 1),
    durationMs: fc.integer({ min: 0, max: 600_000 }),
    recommendation: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 })),
    occurredAt: time,
  },
  { requiredKeys: ['type', 'occurredAt'] },
);

const profileOf = (userId: string, consent: boolean) => {
  const profile = newProfile(userId, NIGHT);
  const { privacy } = profile;
  return { ...profile, privacy: { ...privacy, consents: { ...privacy.consents, analytics: consent } } };
};

/** A stored user `u<at>`: interactions with recommendations of their own decisions, a few configs, mostly with consent. */
const storedUserAt = (at: number) =>
  fc
    .record({
      interactions: fc.array(interaction, { maxLength: 12 }),
      answers: fc.array(fc.tuple(time, fc.integer({ min: 0, max: 5 })), { maxLength: 4 }),
      configs: fc.array(time, { maxLength: 3 }),
      consent: fc.boolean().map((one) => one || at % 3 > 0),
    })
    .map(({ interactions, answers, configs, consent }): StoredUser => {
      const userId = `u${at}`;
      const decisions = [
        ...answers.map(([decidedAt, shown], n) => answered(userId, n, decidedAt, shown)),
        ...configs.map((decidedAt, n) => configured(userId, n, decidedAt)),
      ];
      const sent = interactions.map(({ recommendation, ...one }): Partial<Interaction> => {
        if (!recommendation) return one;
        const [number, position] = recommendation;
        const decided = decisions[number]?.decidedAt ?? NIGHT - DAY;
        return { ...one, recommendationId: `${answered(userId, number, decided, 0).decisionId}.${position}` };
      });
      return withDecisions(storedUser(userId, sent, profileOf(userId, consent)), decisions);
    });

/** Up to eight users. */
export const someUsers: fc.Arbitrary<StoredUser[]> = fc
  .integer({ min: 0, max: 8 })
  .chain((users) => fc.tuple(...Array.from({ length: users }, (_, at) => storedUserAt(at))));
