import * as z from 'zod';
import type { QueueDepth } from '../../adapters/queue/queue-consumer.ts';
import { id } from '../../contracts/common.ts';
import type { LocalEventBus } from '../events/event-bus.ts';
import { type JobRunner, JobRunning, UnknownJob } from '../nights/job-runner.ts';
import type { MeterReading } from '../stores/meter.ts';
import { signToken } from '../tokens/sign-token.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import { type Answer, json, problemAnswer } from './answers.ts';
import type { Incoming } from './api-gateway.ts';
import { readBody } from './read-body.ts';

/** What the local server offers beside the product's own contract. */
export type LocalServices = {
  readonly key: SigningKey;
  readonly jobs: JobRunner;
  readonly depth: () => Promise<QueueDepth & { deadLetters: number }>;
  readonly events: Pick<LocalEventBus, 'recent'>;
  /** Undefined where nothing is metered. */
  readonly readMeter?: () => Promise<MeterReading>;
};

const tokenRequest = z.strictObject({
  sub: id,
  scope: z.string().max(1_000).optional(),
  expiresIn: z.int().min(1).max(31_536_000).optional(),
});

const giveToken = async ({ request, requestId }: Incoming, key: SigningKey): Promise<Answer> => {
  let body: unknown;
  try {
    body = JSON.parse((await readBody(request)).toString());
  } catch {
    return problemAnswer('validation', 'Send JSON: {"sub": "<user id>", "scope": "<optional>"}', requestId);
  }
  const parsed = tokenRequest.safeParse(body);
  if (parsed.success) return json(200, { token: await signToken(key, parsed.data) });
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  return problemAnswer('validation', 'The token request is not valid', requestId, errors);
};

const runJob = async (name: string, jobs: JobRunner, requestId: string): Promise<Answer> => {
  try {
    return json(200, await jobs.run(name));
  } catch (error) {
    if (error instanceof UnknownJob) return problemAnswer('not-found', error.message, requestId);
    if (error instanceof JobRunning) return problemAnswer('conflict', error.message, requestId);
    return problemAnswer('internal', `The job ${name} failed; the log says why`, requestId);
  }
};

const RUN = /^POST \/local\/run\/([^/]+)$/;

/** Answers what is below `/local`; undefined where it knows no such route. */
export const localRoutes = (services: LocalServices) => {
  const routes: Record<string, (incoming: Incoming) => Promise<Answer>> = {
    'GET /local/.well-known/jwks.json': async () => json(200, { keys: [services.key.publicJwk] }),
    'POST /local/token': (incoming) => giveToken(incoming, services.key),
    'GET /local/queue': async () => json(200, await services.depth()),
    'GET /local/events': async () => json(200, { items: services.events.recent() }),
  };
  const { readMeter } = services;
  if (readMeter) routes['GET /local/meter'] = async () => json(200, await readMeter());
  return async (incoming: Incoming, path: string): Promise<Answer | undefined> => {
    const route = `${incoming.request.method} ${path}`;
    const job = RUN.exec(route)?.[1];
    return job === undefined ? routes[route]?.(incoming) : runJob(job, services.jobs, incoming.requestId);
  };
};
