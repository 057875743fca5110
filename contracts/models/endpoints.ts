import * as z from 'zod';
import { isoTime, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

const tag = 'Models';

const metrics = z.record(z.string(), z.number()).meta({
  description: 'Figures by name, e.g. `ndcg@10`, `recall@10`, `f1@10`, `coverage`, `auc`, `logLoss`',
});
const counts = z.record(z.string(), z.number().int().min(0));
const parameters = z.record(z.string(), z.unknown());
const version = z.number().int().min(1);

const auditRow = z.object({ group: z.string(), metrics });

const modelPart = z.object({
  name: z.string().meta({
    description:
      '`hybrid`, `collaborative`, `sequential`, `content`, `segments`, `churn`, `lifetime`, `preference`',
  }),
  trained: z.boolean(),
  promoted: z.boolean(),
  reason: z.string(),
  parameters: parameters.optional(),
  metrics: metrics.optional(),
  baseline: z.object({ name: z.string(), metrics }).optional(),
  inService: z.object({ version, metrics }).optional().meta({
    description:
      'The same figures of the model that was in service, on the held-out users whose choices it had not seen',
  }),
});

const modelCard = z.object({
  runId: z.string(),
  version: version.nullable().meta({ description: 'null where the run trained no model' }),
  decision: z.enum(['promoted', 'kept', 'failed']).meta({
    description: '`kept`: the model in service stayed there; `failed`: so it did, and the run did not finish',
  }),
  reason: z.string(),
  inService: z.boolean(),
  restorable: z.boolean().meta({ description: 'True where `restore` puts it back in service' }),
  engine: z.enum(['lambda', 'spark']).nullable(),
  startedAt: isoTime,
  trainedAt: isoTime,
  durationSeconds: z.number().min(0),
  data: z
    .object({
      interactions: z.number().int().min(0),
      users: z.number().int().min(0),
      items: z.number().int().min(0),
      from: isoTime.nullable(),
      to: isoTime.nullable(),
      leftOut: counts.meta({ description: 'Users left out, by reason' }),
      skipped: counts.meta({ description: 'Rows that were not used, by reason' }),
    })
    .nullable(),
  evaluation: z
    .object({
      method: z.string(),
      splitAt: isoTime.nullable(),
      users: z.number().int().min(0),
      popularityDeciles: z.array(auditRow),
      groups: z.array(auditRow),
    })
    .nullable(),
  models: z.array(modelPart),
});

const exampleCard = {
  runId: 'b2f0c8e4-6a0d-4c7e-9f53-2f4f3f0f9f11',
  version: 7,
  decision: 'promoted',
  reason:
    'not worse than the model in service: NDCG@10 0.0634 against 0.0629 of version 6 in service on 1850 held-out users (difference 0.0005, 90 % interval -0.0018 to 0.0027); nor than popularity: NDCG@10 0.0634 against 0.0121 of popularity on 2000 held-out users (difference 0.0513, 90 % interval 0.0461 to 0.0562)',
  inService: true,
  restorable: false,
  engine: 'lambda',
  startedAt: '2026-11-21T03:00:00.000Z',
  trainedAt: '2026-11-21T03:06:40.000Z',
  durationSeconds: 400,
  data: {
    interactions: 1_000_000,
    users: 100_000,
    items: 50_000,
    from: '2025-10-18T03:00:00.000Z',
    to: '2026-11-21T02:59:58.000Z',
    leftOut: { consent: 120 },
    skipped: { withoutContent: 5_100, withoutSignal: 2_040, unreadable: 0, repeated: 31_000 },
  },
  evaluation: {
    method: 'time split: trained on what was before the moment, asked for what 2000 users chose after it',
    splitAt: '2026-11-20T02:59:58.001Z',
    users: 2000,
    popularityDeciles: [{ group: '1', metrics: { exposure: 0.41, interactions: 0.38 } }],
    groups: [{ group: 'beginner', metrics: { users: 700, 'ndcg@10': 0.0611 } }],
  },
  models: [
    {
      name: 'hybrid',
      trained: true,
      promoted: true,
      reason: 'not worse than the model in service',
      parameters: { collaborative: 0.3, sequential: 0.45 },
      metrics: { 'hr@10': 0.1012, 'ndcg@10': 0.0634 },
      baseline: { name: 'popularity', metrics: { 'hr@10': 0.0231, 'ndcg@10': 0.0121 } },
      inService: { version: 6, metrics: { 'hr@10': 0.1004, 'ndcg@10': 0.0629 } },
    },
  ],
};

export const listModels = defineEndpoint({
  operationId: 'listModels',
  summary:
    'Every trained model: when and on what it was trained, its metrics beside the baseline, whether it was promoted and why',
  tag,
  routes: [{ method: 'GET', path: '/personalization/models' }],
  caller: 'admin',
  actsOnUser: false,
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: pageOf(modelCard) },
  example: { query: { limit: '1' }, response: { items: [exampleCard], nextCursor: null } },
});

export const restoreModel = defineEndpoint({
  operationId: 'restoreModel',
  summary: 'Put one of the last three versions back in service; a repeat changes nothing',
  tag,
  routes: [{ method: 'POST', path: '/personalization/models/{version}/restore' }],
  caller: 'admin',
  actsOnUser: false,
  request: { params: z.strictObject({ version: z.coerce.number().int().min(1).max(1e9) }) },
  responses: {
    200: z.object({
      version,
      instead: version.meta({ description: 'The version that was in service until now' }),
      changed: z.boolean().meta({ description: 'False where it was in service already' }),
    }),
  },
  example: { params: { version: '6' }, response: { version: 6, instead: 7, changed: true } },
});
