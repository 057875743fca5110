import * as z from 'zod';
import { amount, id, isoTime, pageOf, pageQuery, provenance, shortText, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import {
  experiment,
  experimentBody,
  experimentReplacement,
  experimentStatus,
  experimentWithChanges,
} from './schemas.ts';

const tag = 'Experiments';
const EXPERIMENTS = '/personalization/experiments';
const params = z.strictObject({
  experimentId: id.meta({ description: 'Id of the experiment, or its key' }),
});
const version = z.number().int().min(1);

const exampleBody = {
  key: 'quiet-dashboard',
  name: 'A quieter dashboard',
  kind: 'ab',
  variants: [
    { key: 'control', weight: 0.5 },
    { key: 'quiet', weight: 0.5, payload: { config: { layout: 'spacious' }, value: true } },
  ],
  coverage: 0.2,
  condition: { in: ['new_user', { var: 'segments' }] },
  metrics: [{ name: 'signup', type: 'binomial', goal: 'increase' }],
  startDate: '2026-11-22T00:00:00Z',
  endDate: '2026-12-22T00:00:00Z',
  status: 'running',
} as const;

const exampleId = '01KB8Q0Z7K8V5W2X9Y4A6B1C3D';
const exampleExperiment = {
  experimentId: exampleId,
  ...exampleBody,
  version: 1,
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
  changedBy: 'root',
};

const exampleChange = {
  version: 1,
  action: 'created',
  status: 'running',
  changed: [
    'condition',
    'coverage',
    'endDate',
    'key',
    'kind',
    'metrics',
    'name',
    'startDate',
    'status',
    'variants',
  ],
  by: 'root',
  at: '2026-11-21T12:00:00.000Z',
} as const;

export const createExperiment = defineEndpoint({
  operationId: 'createExperiment',
  summary: 'An experiment: its arms, who takes part, what is measured; at most 200 at a time',
  tag,
  routes: [{ method: 'POST', path: EXPERIMENTS }],
  caller: 'admin',
  actsOnUser: false,
  request: { body: experimentBody },
  responses: { 201: experiment },
  example: { body: exampleBody, response: exampleExperiment },
});

export const listExperiments = defineEndpoint({
  operationId: 'listExperiments',
  summary: 'Experiments, newest first',
  tag,
  routes: [{ method: 'GET', path: EXPERIMENTS }],
  caller: 'admin',
  actsOnUser: false,
  request: { query: z.strictObject({ ...pageQuery, status: experimentStatus.optional() }) },
  responses: { 200: pageOf(experiment) },
  example: {
    query: { status: 'running', limit: '1' },
    response: { items: [exampleExperiment], nextCursor: null },
  },
});

export const getExperiment = defineEndpoint({
  operationId: 'getExperiment',
  summary: 'One experiment, with its last 20 changes',
  tag,
  routes: [{ method: 'GET', path: `${EXPERIMENTS}/{experimentId}` }],
  caller: 'admin',
  actsOnUser: false,
  request: { params },
  responses: { 200: experimentWithChanges },
  example: {
    params: { experimentId: exampleId },
    response: { ...exampleExperiment, changes: [exampleChange] },
  },
});

export const replaceExperiment = defineEndpoint({
  operationId: 'replaceExperiment',
  summary:
    'Replace an experiment whole, as a new version. Of one that has begun weights, coverage, condition, dates, testers and status may change; the rest would invalidate it (409) unless a new `seed` begins a new round while it does not run',
  tag,
  routes: [{ method: 'PUT', path: `${EXPERIMENTS}/{experimentId}` }],
  caller: 'admin',
  actsOnUser: false,
  request: { params, body: experimentReplacement },
  responses: { 200: experiment },
  example: {
    params: { experimentId: exampleId },
    body: { ...exampleBody, coverage: 1, version: 1 },
    response: { ...exampleExperiment, coverage: 1, version: 2, updatedAt: '2026-11-28T12:00:00.000Z' },
  },
});

export const deleteExperiment = defineEndpoint({
  operationId: 'deleteExperiment',
  summary: 'Take an experiment away; one that runs has to be completed or paused before',
  tag,
  routes: [{ method: 'DELETE', path: `${EXPERIMENTS}/{experimentId}` }],
  caller: 'admin',
  actsOnUser: false,
  request: {
    params,
    query: z.strictObject({
      version: z.coerce.number().int().min(1).optional().meta({
        description: 'The version that is deleted; a stale one is 409',
      }),
    }),
  },
  responses: { 200: z.object({ success: z.boolean(), experimentId: z.string(), version }) },
  example: {
    params: { experimentId: exampleId },
    response: { success: true, experimentId: exampleId, version: 3 },
  },
});

export const getAssignment = defineEndpoint({
  operationId: 'getAssignment',
  summary: 'The arm of a user: deterministic, kept once it was answered, and counted as seen',
  tag,
  routes: [{ method: 'GET', path: `${EXPERIMENTS}/{experimentId}/assignment` }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params,
    query: z.strictObject({
      userId: id.optional(),
      context: word.optional().meta({ description: 'What conditions see as `context`' }),
      device: word.optional().meta({ description: 'What conditions see as `device`' }),
      locale: word.optional().meta({ description: 'What conditions see as `locale`' }),
      anonymousId: id.optional().meta({
        description:
          "Id under which the user was seen before signing in: all its arms, with what was counted, become the user's; arms of the user's own win. A user caller may name only one that begins with `anon:` or `anonymous:` and goes on for at least 16 characters; make them at random, since whoever knows one may claim it",
      }),
    }),
  },
  responses: {
    200: z.object({
      experimentId: z.string(),
      key: z.string(),
      userId: z.string(),
      variant: z.string().meta({ description: 'The control where the user is not in the experiment' }),
      payload: z.record(z.string(), z.unknown()).nullable(),
      inExperiment: z.boolean(),
      propensity: z.number().min(0).max(1).meta({
        description:
          'Probability with which this arm was drawn, for offline evaluation; 1 where none was drawn',
      }),
      reason: z.string(),
      ...provenance,
    }),
  },
  example: {
    params: { experimentId: 'quiet-dashboard' },
    query: { userId: 'ada' },
    response: {
      experimentId: exampleId,
      key: 'quiet-dashboard',
      userId: 'ada',
      variant: 'quiet',
      payload: { config: { layout: 'spacious' }, value: true },
      inExperiment: true,
      propensity: 0.5,
      reason: 'Drawn: bucket 0.5123 lies in the range of this arm, 50 % of those who take part',
      decisionId: '4be1c2.01KB8Q0Z7K8V5W2X9Y4A6B1C3D',
      generatedAt: '2026-11-23T09:30:00.000Z',
      source: 'computed',
    },
  },
});

export const recordConversion = defineEndpoint({
  operationId: 'recordConversion',
  summary:
    'A conversion, counted for the arm that the user saw: after the exposure, within the window of the metric, while the experiment runs, once by `conversionId` or `Idempotency-Key`; what does not count says why',
  tag,
  routes: [{ method: 'POST', path: `${EXPERIMENTS}/{experimentId}/conversions` }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params,
    body: z.strictObject({
      userId: id.optional(),
      metric: shortText.meta({ description: 'Name of one of the metrics of the experiment' }),
      value: amount.optional().meta({
        description:
          'Required for revenue, and for duration (ms); how many for count, 1 by default; a binomial metric has none',
      }),
      occurredAt: isoTime.optional().meta({ description: 'Now by default' }),
      conversionId: id.optional().meta({
        description:
          'Of the order, the sign-up, the interaction: counts once for each metric (the last 64 of a user are remembered)',
      }),
      variant: id.optional().meta({
        description: 'The arm that the application believes the user to be in; another one is not counted',
      }),
      recommendationId: id.optional().meta({
        description: 'For metrics that are attributed to recommendations: the one that was acted on',
      }),
    }),
  },
  responses: {
    200: z.object({
      experimentId: z.string(),
      key: z.string(),
      userId: z.string(),
      metric: z.string(),
      counted: z.boolean(),
      variant: z
        .string()
        .nullable()
        .meta({ description: 'The arm that the user saw; null where there is none' }),
      reason: z.string(),
    }),
  },
  example: {
    params: { experimentId: 'quiet-dashboard' },
    body: { metric: 'signup', conversionId: 'signup-of-ada' },
    response: {
      experimentId: exampleId,
      key: 'quiet-dashboard',
      userId: 'ada',
      metric: 'signup',
      counted: true,
      variant: 'quiet',
      reason: 'Counted for the arm "quiet"',
    },
  },
});
