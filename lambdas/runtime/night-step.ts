import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import { s3Client } from '../../adapters/objects/client.ts';
import { objectStore } from '../../adapters/objects/object-store.ts';
import type { NightPorts, NightStep } from '../../core/nights/ports.ts';
import { required } from './environment.ts';
import { lazily } from './lazily.ts';
import { activity, catalog, catalogSnapshots, journal, models, precomputed, users } from './table-ports.ts';
import { logger, metrics } from './telemetry.ts';

const stepInput = z.object({
  runId: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/),
  shard: z.number().int().min(0),
  shards: z.number().int().min(1),
});

const ports = lazily(
  (): NightPorts => ({
    objects: objectStore({ client: s3Client(), bucket: required('ATTUNE_BUCKET') }),
    activity: activity(),
    journal: journal(),
    users: users(),
    catalog: catalog(),
    snapshots: catalogSnapshots(),
    models: models(),
    precomputed: precomputed(),
    progress: (message, counts) => logger.info(message, { ...counts }),
  }),
);

/** The function behind one step of a scheduled job; `{runId, shard, shards}` in, counts out. A failed step throws. */
export const nightStep = <R>(work: (ports: NightPorts, step: NightStep) => Promise<R>) =>
  middy<unknown, R>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((event) => work(ports(), { ...stepInput.parse(event), now: Date.now() }));
