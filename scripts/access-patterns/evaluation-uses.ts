import * as evaluations from '../../adapters/dynamodb/access-patterns/evaluation.ts';
import type { Announced } from '../../core/experiments/announcements/types.ts';
import { countOutcomes } from '../../core/experiments/evaluation/count-outcomes.ts';
import type { Evaluation, PastEvaluation } from '../../core/experiments/evaluation/types.ts';
import type { OutcomeRow } from '../../core/experiments/outcomes/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { NOW } from './typical.ts';
import type { Use } from './uses.ts';

const LINE = 'k3v9x2m1qz7';
const EXPERIMENT = '01KB8Q0Z7K8V5W2X9Y4A6B1C3D';
const HOUR_MS = 3_600_000;
const USERS = 1_000;
const METRICS = ['signup', 'order', 'minutes', 'crash', 'support'];

const random = seededRandom(7);

const rowOf = (n: number): OutcomeRow => ({
  line: LINE,
  userId: `user-${n}`,
  variant: n % 2 === 0 ? 'control' : 'quiet',
  exposedAt: NOW,
  propensity: 0.5,
  covariates: Object.fromEntries(METRICS.map((name) => [name, Math.floor(random() * 9)])),
  metrics: Object.fromEntries(METRICS.map((name) => [name, [1, random() * 100] as const])),
  keys: [],
  otherArms: [],
  mergedFrom: [],
  rev: 1,
  expiresAt: NOW,
});

/** The counts of two arms and five metrics, as the job counts them. */
const typicalEvaluation = async (): Promise<Evaluation> => {
  const rowsOf = async function* (_: string, shard: number) {
    for (let n = shard; n < USERS; n += 16) yield rowOf(n);
  };
  const variants = ['control', 'quiet'].map((key) => ({ key, weight: 0.5 }));
  const metrics = METRICS.map((name) => ({ name, type: 'count', goal: 'increase' }) as const);
  const counts = await countOutcomes({ rowsOf }, LINE, { variants, metrics });
  if (!counts) throw new Error('Nothing was counted');
  return { experimentId: EXPERIMENT, version: 3, evaluatedAt: NOW, counts, isFinal: false };
};

const past = (hour: number): PastEvaluation => ({
  evaluatedAt: NOW - hour * HOUR_MS,
  verdict: 'keep running',
  arms: ['control', 'quiet'].map((variant) => ({ variant, users: 5_000 + hour, weight: 0.5, mean: 0.123 })),
});

const announced: Announced = {
  version: 3,
  status: 'running',
  key: 'quiet-dashboard',
  verdict: { line: LINE, verdict: 'keep running' },
  rev: 1,
};

/** In this order: what is read was written before. */
export const evaluationUses: Readonly<Record<string, Use>> = {
  keepEvaluation: {
    what: 'two arms, five metrics',
    run: async (db) => evaluations.keepEvaluation(db, LINE, await typicalEvaluation()),
  },
  readEvaluation: { what: 'two arms, five metrics', run: (db) => evaluations.readEvaluation(db, LINE) },
  notePastEvaluation: {
    what: 'two arms',
    run: async (db) => {
      const unmetered = { ...db, meter: undefined };
      for (let hour = 30; hour > 0; hour -= 1)
        await evaluations.notePastEvaluation(unmetered, LINE, past(hour));
      await evaluations.notePastEvaluation(db, LINE, past(0));
    },
  },
  readPastEvaluations: {
    what: '24 of 31 hours',
    run: (db) => evaluations.readPastEvaluations(db, LINE, 24, NOW),
  },
  noteAnnounced: {
    what: 'an experiment',
    run: (db) => evaluations.noteAnnounced(db, EXPERIMENT, announced, { expectedRev: 0, now: NOW }),
  },
  readAnnounced: { what: 'an experiment', run: (db) => evaluations.readAnnounced(db, EXPERIMENT) },
  readAllAnnounced: { what: 'one experiment', run: (db) => evaluations.readAllAnnounced(db) },
};
