import * as z from 'zod';
import { isoTime } from '../common.ts';

const count = z.number().int().min(0);
const optional = z.number().nullable();
const interval = z.tuple([z.number(), z.number()]).nullable();
const probability = z.number().meta({ description: '0-1' });

const lift = z
  .object({
    absolute: z.number().meta({ description: 'The arm minus the control' }),
    interval,
    relative: optional.meta({ description: 'As a share of the control; null where that is not above 0' }),
    relativeInterval: interval,
  })
  .meta({ id: 'Lift' });

const sequential = z
  .object({
    interval,
    pValue: probability,
    significant: z.boolean(),
  })
  .meta({
    id: 'SequentialResult',
    description: 'Always valid: also when somebody looks every day and stops when it pleases',
  });

const tested = {
  lift,
  pValue: probability.meta({ description: 'Two-sided, for one look at the planned end' }),
  adjustedPValue: probability.meta({ description: 'By Benjamini-Hochberg across all metrics and arms' }),
  significant: z.boolean().meta({ description: 'By the adjusted p-value' }),
  sequential,
};

const comparison = z.object({
  method: z.enum(['two-proportion z', 'Welch t']),
  ...tested,
  chanceToWin: probability.meta({ description: 'That the arm is better than the control' }),
  expectedLoss: z.number().meta({ description: 'What choosing the arm costs where it is the worse one' }),
  credibleInterval: interval,
  power: z.object({
    now: optional.meta({ description: 'Chance to find a difference as large as the one seen' }),
    minimumDetectable: z
      .object({ absolute: optional, relative: optional })
      .meta({ description: 'The difference that is found with probability 0.8' }),
  }),
  cuped: z.object(tested).optional().meta({
    description: 'With what users did before taken out (CUPED); the verdict rests on it where it is there',
  }),
  winsorized: z
    .object({ lift, pValue: probability, sequential })
    .optional()
    .meta({ description: 'With heavy tails cut at `cap`' }),
});

const armResult = z.object({
  variant: z.string(),
  isControl: z.boolean(),
  users: count,
  total: z.number().meta({ description: 'Sum over the users; those who converted, of a binomial metric' }),
  mean: z.number(),
  standardDeviation: z.number(),
  interval: interval.meta({ description: 'Of the mean' }),
  comparison: comparison.optional().meta({ description: 'Against the control; absent for the control' }),
});

const metricResult = z.object({
  name: z.string(),
  type: z.enum(['binomial', 'count', 'revenue', 'duration']),
  goal: z.enum(['increase', 'decrease']),
  guardrail: z.boolean(),
  cuped: z.object({ theta: z.number(), varianceReduction: z.number() }).optional(),
  cap: z
    .number()
    .optional()
    .meta({ description: '99th percentile of the values above 0, all arms together' }),
  arms: z.array(armResult),
});

const verdict = z.enum([
  'keep running',
  'winner',
  'no difference',
  'stop: guardrail',
  'invalid: sample ratio',
]);

const past = z.object({
  evaluatedAt: isoTime,
  verdict,
  arms: z.array(
    z.object({
      variant: z.string(),
      users: count,
      weight: z.number(),
      mean: optional.meta({ description: 'Of the first metric' }),
    }),
  ),
});

/** What an experiment tells. */
export const experimentResults = z
  .object({
    experimentId: z.string(),
    key: z.string(),
    status: z.enum(['draft', 'running', 'paused', 'completed']),
    seed: z.string().meta({ description: 'Of the round that this is about' }),
    evaluatedAt: isoTime,
    source: z.enum(['stored', 'recounted']).meta({
      description: 'From the last evaluation, or counted for this answer (up to 20,000 users, once a minute)',
    }),
    verdict,
    winner: z.string().nullable(),
    recommendation: z.string().meta({ description: 'The reason of the verdict in one sentence' }),
    confidence: z.number(),
    control: z.string(),
    users: count.meta({ description: 'Who saw one arm' }),
    srm: z.object({ pValue: probability, ok: z.boolean() }).meta({
      description: 'Sample ratio mismatch: whether users were split as asked (chi-square)',
    }),
    multipleExposures: z
      .object({ users: count, share: z.number(), ok: z.boolean() })
      .meta({ description: 'Who saw more than one arm: left out of all else' }),
    arms: z.array(z.object({ variant: z.string(), users: count, weight: z.number() })),
    metrics: z.array(metricResult),
    history: z.array(past).meta({ description: 'The last 24 hourly evaluations, newest first' }),
  })
  .meta({ id: 'ExperimentResults' });
