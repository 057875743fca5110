import * as z from 'zod';
import { id, shortText } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { experimentResults } from './results-schemas.ts';

const exampleComparison = {
  method: 'two-proportion z',
  lift: {
    absolute: 0.06,
    interval: [0.03923, 0.08081],
    relative: 0.6,
    relativeInterval: [0.356, 0.8879],
  },
  pValue: 1.683e-8,
  adjustedPValue: 1.683e-8,
  significant: true,
  sequential: { interval: [0.02779, 0.09221], pValue: 0.0000026, significant: true },
  chanceToWin: 0.99999999,
  expectedLoss: 1.4e-11,
  credibleInterval: [0.03921, 0.08076],
  power: { now: 0.9999, minimumDetectable: { absolute: 0.02968, relative: 0.2968 } },
} as const;

const exampleArms = [
  {
    variant: 'control',
    isControl: true,
    users: 2_000,
    total: 200,
    mean: 0.1,
    standardDeviation: 0.3001,
    interval: [0.08761, 0.1139],
  },
  {
    variant: 'quiet',
    isControl: false,
    users: 2_000,
    total: 320,
    mean: 0.16,
    standardDeviation: 0.3667,
    interval: [0.1446, 0.1767],
    comparison: exampleComparison,
  },
] as const;

const exampleResults = {
  experimentId: '01KB8Q0Z7K8V5W2X9Y4A6B1C3D',
  key: 'quiet-dashboard',
  status: 'running',
  seed: 'quiet-dashboard',
  evaluatedAt: '2026-11-28T12:00:00.000Z',
  source: 'stored',
  verdict: 'winner',
  winner: 'quiet',
  recommendation:
    'Ship quiet: "signup" of quiet is 60 % above the control (16 % against 10 %; 95 % interval of the difference 0.0278 to 0.0922, p < 0.0001 valid at any time)',
  confidence: 0.95,
  control: 'control',
  users: 4_000,
  srm: { pValue: 1, ok: true },
  multipleExposures: { users: 0, share: 0, ok: true },
  arms: [
    { variant: 'control', users: 2_000, weight: 0.5 },
    { variant: 'quiet', users: 2_000, weight: 0.5 },
  ],
  metrics: [{ name: 'signup', type: 'binomial', goal: 'increase', guardrail: false, arms: exampleArms }],
  history: [
    {
      evaluatedAt: '2026-11-28T12:00:00.000Z',
      verdict: 'winner',
      arms: [
        { variant: 'control', users: 2_000, weight: 0.5, mean: 0.1 },
        { variant: 'quiet', users: 2_000, weight: 0.5, mean: 0.16 },
      ],
    },
  ],
};

export const getExperimentResults = defineEndpoint({
  operationId: 'getExperimentResults',
  summary:
    'What an experiment tells: per metric and arm the difference from the control with all that it takes to believe it, and a verdict with its reason; evaluated every hour',
  tag: 'Experiments',
  routes: [{ method: 'GET', path: '/personalization/experiments/{experimentId}/results' }],
  caller: 'admin',
  actsOnUser: false,
  request: {
    params: z.strictObject({ experimentId: id.meta({ description: 'Id of the experiment, or its key' }) }),
    query: z.strictObject({
      seed: shortText.optional().meta({ description: 'Of an earlier round; the present one by default' }),
    }),
  },
  responses: { 200: experimentResults },
  example: { params: { experimentId: 'quiet-dashboard' }, response: exampleResults },
});
