import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import type { NightStep } from '../../core/nights/ports.ts';
import type { Failure } from '../../core/nights/steps/fail.ts';
import { logger, metrics } from './telemetry.ts';

const stepInput = z.object({
  runId: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/),
  shard: z.number().int().min(0),
  shards: z.number().int().min(1),
  failure: z.object({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
});

/** The function behind one step of a scheduled job; `{runId, shard, shards}` in, counts out. A failed step throws. */
export const jobStep = <R>(work: (step: NightStep & { failure?: Failure }) => Promise<R>) =>
  middy<unknown, R>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((event) => work({ ...stepInput.parse(event), now: Date.now() }));
