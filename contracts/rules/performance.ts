import * as z from 'zod';
import { id } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { optimization, performance } from './performance-schemas.ts';

const tag = 'Rules';
const caller = 'admin';
const actsOnUser = false;

const ruleId = '01KB8Q0Z7K8V5W2X9Y4A6B1C3D';

const exampleEffect = {
  exposures: 4000,
  conversions: 480,
  conversionRate: 0.12,
  rateInterval: [0.110292, 0.130437],
  control: { exposures: 450, conversions: 36, conversionRate: 0.08, rateInterval: [0.058344, 0.108766] },
  lift: {
    absolute: 0.04,
    relative: 0.5,
    interval: [0.00964, 0.06404],
    relativeInterval: [0.084478, 1.07473],
    confidence: 0.95,
    pValue: 0.011982,
  },
  reason: null,
};

const examplePerformance = {
  ruleId,
  name: 'Quiet dashboard for newcomers',
  version: 1,
  presentVersion: 1,
  period: { from: '2026-10-22T23:45:00.000Z', to: '2026-11-21T23:45:00.000Z' },
  asOf: '2026-11-21T23:45:00.000Z',
  ...exampleEffect,
  asked: 21_000,
  matched: 4450,
  events: 612,
  value: 18_340.5,
  pending: 900,
  comparison: 'held out',
  bySegment: [{ segment: 'new_user', ...exampleEffect }],
  conflicts: {
    lost: 1200,
    lostTo: [{ ruleId: '01KB8Q1M2N3P4Q5R6S7T8V9W0X', users: 1200 }],
    won: 0,
    wonOver: [],
    silenced: 0,
  },
  earlierVersions: [],
  note: 'Compared with users who matched and were held out at random: the difference is the effect of the rule.',
};

export const getRulePerformance = defineEndpoint({
  operationId: 'getRulePerformance',
  summary:
    'Exposures and conversions of a rule in 30 days, and its lift over those who were held out (or did not match), by segment; counted daily',
  tag,
  routes: [{ method: 'GET', path: '/personalization/rules/{ruleId}/performance' }],
  caller,
  actsOnUser,
  request: { params: z.strictObject({ ruleId: id }) },
  responses: { 200: performance },
  example: { params: { ruleId }, response: examplePerformance },
});

export const optimizeRules = defineEndpoint({
  operationId: 'optimizeRules',
  summary:
    'Advice for every rule (keep, raise, lower, disable) with its evidence; with `apply` it is followed, each change as a new version that can be rolled back',
  tag,
  routes: [{ method: 'POST', path: '/personalization/optimize' }],
  caller,
  actsOnUser,
  request: {
    body: z
      .strictObject({
        apply: z
          .boolean()
          .default(false)
          .meta({ description: 'Change the rules; otherwise nothing is changed' }),
      })
      .prefault({}),
  },
  responses: { 200: optimization },
  example: {
    body: { apply: true },
    response: {
      advice: [
        {
          ruleId,
          name: 'Quiet dashboard for newcomers',
          version: 1,
          action: 'raise',
          priority: { from: 10, to: 21 },
          evidence: { ...examplePerformance, adjustedPValue: 0.023964, tested: 2 },
          reason:
            'It raises conversion, and for 1200 users others took slots of it: 12 % of 4000 users converted, 8 % of 450 held out (difference 4 points, 95 % interval 0.96 to 6.4, p 0.012, adjusted for 2 tested: 0.024)',
        },
      ],
      applied: [{ ruleId, action: 'raise', fromVersion: 1, toVersion: 2 }],
      skipped: [],
      asOf: '2026-11-21T23:45:00.000Z',
    },
  },
});
