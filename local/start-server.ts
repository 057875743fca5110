import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { functionsOf, jobs } from '../contracts/nights.ts';
import { endpoints } from '../contracts/registry.ts';
import { startLocalBedrock } from './bedrock/local-bedrock.ts';
import { type LocalEventBus, startEventBus } from './events/event-bus.ts';
import { problemAnswer } from './http/answers.ts';
import { apiGateway } from './http/api-gateway.ts';
import { startHttpServer } from './http/http-server.ts';
import { localRoutes } from './http/local-routes.ts';
import { basePath } from './http/router.ts';
import { captureOutput } from './lambda/capture-output.ts';
import { CALLERS_OWN, lambdaEnvironment } from './lambda/environment.ts';
import { startQueueWorker } from './lambda/queue-worker.ts';
import { startLambdaThread } from './lambda/start-lambda-thread.ts';
import { jobRunner } from './nights/job-runner.ts';
import { startScheduler } from './nights/scheduler.ts';
import { seedCatalog } from './seed.ts';
import type { Settings } from './settings.ts';
import { INSIGHTS_SECONDS, provision } from './stores/provision.ts';
import { type Stores, startStores } from './stores/stores.ts';
import { gatewayAuthorizer } from './tokens/gateway-authorizer.ts';
import { signToken } from './tokens/sign-token.ts';
import { signingKey } from './tokens/signing-key.ts';

/** The local server, answering. */
export type LocalServer = {
  /** With the base path, e.g. `http://localhost:3000/api`. */
  readonly url: string;
  close(): Promise<void>;
};

/** Notes where the stores listen, for whoever wants to look into them with other tools. */
const noteEndpoints = ({ dynamodbUrl, fauxqsUrl, queues, names }: Stores, dataDir: string) =>
  writeFile(
    join(dataDir, 'endpoints.json'),
    JSON.stringify(
      {
        ...{ dynamodb: dynamodbUrl, sqs: fauxqsUrl, s3: fauxqsUrl },
        ...{ queueUrl: queues.interactions.url, deadLetterUrl: queues.interactions.deadLetterUrl },
        ...{ insightsQueueUrl: queues.insights.url, insightsDeadLetterUrl: queues.insights.deadLetterUrl },
        ...{ queue: queues.interactions.name, ...names },
      },
      null,
      2,
    ),
  );

/** Events outlive a restart, and each is one line of the log. */
const startEvents = ({ dataDir }: Settings, tell: (line: string) => void): Promise<LocalEventBus> =>
  startEventBus({
    file: join(dataDir, 'events.json'),
    tell: (event) => tell(`event ${JSON.stringify(event)}\n`),
  });

/** As on AWS: what the queues' workers have, and the largest step of a night, as far as this machine has it. */
const WORKER_MEMORY_MB = 512;
const INSIGHTS_MEMORY_MB = 1024;
const JOB_MEMORY_MB = Math.min(
  Math.max(...jobs.flatMap(functionsOf).map(({ memoryMb }) => memoryMb)),
  Math.floor((totalmem() / 2 ** 20) * 0.75),
);

const startWorkers = (
  { queues }: Stores,
  { consumers, visibilitySeconds }: Settings,
  log: NodeJS.WritableStream,
) => {
  const common = { consumers, log, memoryMb: WORKER_MEMORY_MB };
  const interactions = startQueueWorker({
    ...common,
    queue: queues.interactions,
    file: 'workers/interactions.ts',
    timeoutSeconds: visibilitySeconds,
  });
  const insights = startQueueWorker({
    ...common,
    queue: queues.insights,
    file: 'workers/insights.ts',
    memoryMb: INSIGHTS_MEMORY_MB,
    timeoutSeconds: INSIGHTS_SECONDS,
  });
  return {
    depth: interactions.depth,
    insightsDepth: insights.depth,
    close: async () => void (await Promise.all([interactions.close(), insights.close()])),
  };
};

const startHttp = async (
  settings: Settings,
  services: Parameters<typeof localRoutes>[0],
  log: NodeJS.WritableStream,
) => {
  const gateway = apiGateway({ endpoints, authorize: gatewayAuthorizer(services.key), log });
  const local = localRoutes(services);
  await gateway.warmUp();
  return startHttpServer(
    async (incoming, localPath) => {
      if (localPath === undefined) return gateway.answer(incoming);
      const answer = await local(incoming, localPath);
      return answer ?? problemAnswer('not-found', `There is no ${localPath} here`, incoming.requestId);
    },
    settings.port,
    settings.host,
  );
};

/**
 * Starts everything: stores, Bedrock's stand-in, queue workers, HTTP, schedules. Sets the environment of this process for the Lambdas. `say` is
 * told of long work, step by step.
 */
export const startServer = async (
  settings: Settings,
  say: (line: string) => void = () => undefined,
): Promise<LocalServer> => {
  const [stores, key] = await Promise.all([startStores(settings), signingKey(settings.dataDir)]);
  const log = captureOutput(settings);
  const events = await startEvents(settings, (line) => log.write(line));
  const bedrock = await startLocalBedrock(settings, (line) => log.write(line));
  const places = { jobMemoryMb: JOB_MEMORY_MB, events, bedrock };
  for (const name of CALLERS_OWN) delete process.env[name];
  Object.assign(process.env, lambdaEnvironment(stores, settings, places));
  await Promise.all([provision(stores, settings), noteEndpoints(stores, settings.dataDir)]);
  const workers = startWorkers(stores, settings, log);
  const runner = jobRunner({
    startThread: () => startLambdaThread(log, JOB_MEMORY_MB),
    newRunId: () => `local-${randomUUID()}`,
    log,
    say,
  });
  const readMeter = settings.metered ? stores.readMeter : undefined;
  const services = {
    key,
    jobs: runner,
    depth: workers.depth,
    insightsDepth: workers.insightsDepth,
    events,
    fake: bedrock.fake,
    readMeter,
  };
  const http = await startHttp(settings, services, log);
  const url = `http://localhost:${http.port}${basePath}`;
  const adminToken = () => signToken(key, { sub: 'local-admin', scope: 'personalization/admin' });
  if (settings.seed)
    await seedCatalog({ dataDir: settings.dataDir, url, domain: settings.domain, adminToken });
  const stopSchedules = settings.schedule ? startScheduler(runner) : () => undefined;
  return {
    url,
    close: async () => {
      stopSchedules();
      await http.close();
      await workers.close();
      await Promise.all([stores.close(), events.close(), bedrock.close()]);
    },
  };
};
