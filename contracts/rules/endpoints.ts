import * as z from 'zod';
import { id, pageOf, pageQuery, word } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { rule, ruleBody, ruleReplacement, ruleVersion } from './schemas.ts';

const tag = 'Rules';
const caller = 'admin';
const actsOnUser = false;

const RULES = '/personalization/rules';
const params = z.strictObject({ ruleId: id });
const version = z.number().int().min(1);

const exampleBody = {
  name: 'Quiet dashboard for newcomers',
  description: 'People who came less than five times see the essentials',
  enabled: true,
  priority: 10,
  contexts: ['dashboard'],
  condition: { and: [{ in: ['new_user', { var: 'segments' }] }, { '<': [{ var: 'session.count' }, 5] }] },
  actions: { layout: 'comfortable', features: { hidden: ['export', 'api-keys'] } },
  schedule: { from: '2026-11-01T00:00:00', to: '2027-01-31T23:59:59' },
  holdout: 0.1,
};

const exampleId = '01KB8Q0Z7K8V5W2X9Y4A6B1C3D';
const exampleTimes = {
  version: 1,
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
  changedBy: 'root',
};
const exampleRule = { ruleId: exampleId, ...exampleBody, ...exampleTimes };

export const createRule = defineEndpoint({
  operationId: 'createRule',
  summary: 'A rule: on whom it acts, and what it changes of their config; at most 500 are in force',
  tag,
  routes: [{ method: 'POST', path: RULES }],
  caller,
  actsOnUser,
  request: { body: ruleBody },
  responses: { 201: rule },
  example: { body: exampleBody, response: exampleRule },
});

export const listRules = defineEndpoint({
  operationId: 'listRules',
  summary:
    'Rules in the order in which they win: higher priority first, of two as high the older; filtered by all that is given',
  tag,
  routes: [{ method: 'GET', path: RULES }],
  caller,
  actsOnUser,
  request: {
    query: z.strictObject({
      ...pageQuery,
      enabled: z
        .enum(['true', 'false'])
        .transform((word) => word === 'true')
        .optional(),
      context: word.optional().meta({
        description: 'Rules that are asked in this context: those that name it, and those of every context',
      }),
      segment: word
        .optional()
        .meta({ description: 'Rules whose condition names this segment or its confidence' }),
    }),
  },
  responses: { 200: pageOf(rule) },
  example: {
    query: { enabled: 'true', context: 'dashboard', limit: '1' },
    response: { items: [exampleRule], nextCursor: null },
  },
});

export const getRule = defineEndpoint({
  operationId: 'getRule',
  summary: 'One rule as it is in force',
  tag,
  routes: [{ method: 'GET', path: `${RULES}/{ruleId}` }],
  caller,
  actsOnUser,
  request: { params },
  responses: { 200: rule },
  example: { params: { ruleId: exampleId }, response: exampleRule },
});

export const replaceRule = defineEndpoint({
  operationId: 'replaceRule',
  summary: 'Replace a rule whole, as a new version; with `version`, only if that is still the present one',
  tag,
  routes: [{ method: 'PUT', path: `${RULES}/{ruleId}` }],
  caller,
  actsOnUser,
  request: { params, body: ruleReplacement },
  responses: { 200: rule },
  example: {
    params: { ruleId: exampleId },
    body: { ...exampleBody, priority: 20, version: 1 },
    response: { ...exampleRule, priority: 20, version: 2, updatedAt: '2026-11-21T12:05:00.000Z' },
  },
});

export const deleteRule = defineEndpoint({
  operationId: 'deleteRule',
  summary: 'Take a rule out of force; a rollback within 90 days brings it back',
  tag,
  routes: [{ method: 'DELETE', path: `${RULES}/{ruleId}` }],
  caller,
  actsOnUser,
  request: {
    params,
    query: z.strictObject({
      version: z.coerce.number().int().min(1).optional().meta({
        description: 'The version that is deleted; a stale one is 409',
      }),
    }),
  },
  responses: { 200: z.object({ success: z.boolean(), ruleId: z.string(), version }) },
  example: {
    params: { ruleId: exampleId },
    response: { success: true, ruleId: exampleId, version: 3 },
  },
});

export const listRuleVersions = defineEndpoint({
  operationId: 'listRuleVersions',
  summary: 'Every version of a rule, newest first, with who made it, when, and why where that was said',
  tag,
  routes: [{ method: 'GET', path: `${RULES}/{ruleId}/versions` }],
  caller,
  actsOnUser,
  request: { params, query: z.strictObject(pageQuery) },
  responses: { 200: pageOf(ruleVersion) },
  example: {
    params: { ruleId: exampleId },
    query: { limit: '1' },
    response: {
      items: [
        {
          ruleId: exampleId,
          version: 1,
          action: 'created',
          changedAt: exampleTimes.createdAt,
          changedBy: 'root',
          rule: exampleBody,
        },
      ],
      nextCursor: null,
    },
  },
});

export const rollbackRule = defineEndpoint({
  operationId: 'rollbackRule',
  summary: 'Put an earlier version in force again, as a new version; also after the rule was deleted',
  tag,
  routes: [{ method: 'POST', path: `${RULES}/{ruleId}/rollback` }],
  caller,
  actsOnUser,
  request: {
    params,
    body: z.strictObject({ version: version.meta({ description: 'Whose content comes back' }) }),
  },
  responses: { 200: rule },
  example: {
    params: { ruleId: exampleId },
    body: { version: 1 },
    response: { ...exampleRule, version: 3, updatedAt: '2026-11-21T12:10:00.000Z' },
  },
});
