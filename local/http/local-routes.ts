import * as z from 'zod';
import type { QueueDepth } from '../../adapters/queue/queue-consumer.ts';
import { id } from '../../contracts/common.ts';
import { BEHAVIOURS } from '../bedrock/behaviours.ts';
import type { FakeBedrock } from '../bedrock/fake-bedrock.ts';
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
  /** Of the queue of texts that are asked for. */
  readonly insightsDepth: () => Promise<QueueDepth & { deadLetters: number }>;
  /** Undefined where the real Bedrock, or nobody, writes texts. */
  readonly fake?: FakeBedrock;
  readonly events: Pick<LocalEventBus, 'recent'>;
  /** Undefined where nothing is metered. */
  readonly readMeter?: () => Promise<MeterReading>;
};

const tokenRequest = z.strictObject({
  sub: id,
  scope: z.string().max(1_000).optional(),
  expiresIn: z.int().min(1).max(31_536_000).optional(),
});

/** Undefined where the body is no JSON of this shape. */
const parsedBody = async <S extends z.ZodType>(
  request: Incoming['request'],
  schema: S,
): Promise<z.output<S> | undefined> => {
  try {
    return schema.parse(JSON.parse((await readBody(request)).toString()));
  } catch {
    return undefined;
  }
};

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

const NO_FAKE =
  'There is no fake of Bedrock here: start the server with ATTUNE_BEDROCK=fake, or fake:<behaviour>';

const fakeState = (fake: FakeBedrock): Answer =>
  json(200, { behaviour: fake.behaviour(), calls: fake.calls(), behaviours: BEHAVIOURS });

const tellFake = (fake: FakeBedrock | undefined, requestId: string): Answer =>
  fake ? fakeState(fake) : problemAnswer('not-found', NO_FAKE, requestId);

const behaviourRequest = z.strictObject({ behaviour: z.enum(BEHAVIOURS) });

const switchFake = async (
  { request, requestId }: Incoming,
  fake: FakeBedrock | undefined,
): Promise<Answer> => {
  if (!fake) return problemAnswer('not-found', NO_FAKE, requestId);
  const body = await parsedBody(request, behaviourRequest);
  if (body === undefined)
    return problemAnswer('validation', `Send JSON: {"behaviour": "<${BEHAVIOURS.join(' | ')}>"}`, requestId, [
      { path: 'behaviour', message: `must be one of ${BEHAVIOURS.join(', ')}` },
    ]);
  fake.behave(body.behaviour);
  return fakeState(fake);
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
    'GET /local/queue/insights': async () => json(200, await services.insightsDepth()),
    'GET /local/bedrock': async ({ requestId }) => tellFake(services.fake, requestId),
    'POST /local/bedrock': (incoming) => switchFake(incoming, services.fake),
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
