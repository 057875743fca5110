import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import { heardOnBus, listenToBus } from '../bus-listener.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { runJob } from '../run-job.ts';
import type { Person } from '../sign-in.ts';

type Parties = { readonly deployment: Deployment; readonly admin: Person; readonly service: Person };
type Experiment = { readonly experimentId: string };
type Results = { users: number; source: string; verdict: string; metrics: { arms: { total: number }[] }[] };

const EXPERIMENTS = '/personalization/experiments';
const USERS = 8;
const QUEUE = 'deploy-test-events';

const body = {
  key: 'deploy-test-results',
  name: 'Which button',
  variants: [
    { key: 'round', weight: 0.5 },
    { key: 'square', weight: 0.5 },
  ],
  metrics: [{ name: 'signup', type: 'binomial' }],
  status: 'running',
};

/** Shows users their arms; half of them sign up, each told twice. */
const plays = async ({ deployment: { apiUrl }, admin, service }: Parties): Promise<Experiment> => {
  const request = { method: 'POST', token: admin.token, body };
  const made = await expectStatus<Experiment>(201, apiUrl, EXPERIMENTS, request);
  const path = `${EXPERIMENTS}/${made.body.experimentId}`;
  for (let user = 0; user < USERS; user += 1) {
    const userId = `learner-${user}`;
    await expectStatus(200, apiUrl, `${path}/assignment?userId=${userId}`, { token: service.token });
    if (user % 2 === 0) continue;
    const signup = { userId, metric: 'signup', conversionId: `signup-${user}` };
    const conversion = { method: 'POST', token: service.token, body: signup };
    await expectStatus(200, apiUrl, `${path}/conversions`, conversion);
    await expectStatus(200, apiUrl, `${path}/conversions`, conversion);
  }
  return made.body;
};

const tells = async ({ deployment, admin }: Parties, { experimentId }: Experiment): Promise<void> => {
  const path = `${EXPERIMENTS}/${experimentId}/results`;
  const { body: results } = await expectStatus<Results>(200, deployment.apiUrl, path, admin);
  const converted = results.metrics[0]?.arms.reduce((sum, { total }) => sum + total, 0);
  assert.deepEqual(
    [results.users, converted, results.source, results.verdict],
    [USERS, USERS / 2, 'stored', 'keep running'],
  );
};

const ends = async ({ deployment: { apiUrl }, admin }: Parties, { experimentId }: Experiment) => {
  const path = `${EXPERIMENTS}/${experimentId}`;
  const completed = { method: 'PUT', token: admin.token, body: { ...body, status: 'completed' } };
  await expectStatus(200, apiUrl, path, completed);
  await expectStatus(200, apiUrl, path, { method: 'DELETE', token: admin.token });
};

const heard = async (
  deployment: Deployment,
  queueUrl: string,
  { experimentId }: Experiment,
): Promise<void> => {
  const found = await heardOnBus(deployment, queueUrl, {
    what: 'the events of the experiment',
    count: 3,
    wanted: ({ detail }) => detail.experimentId === experimentId,
  });
  const steps = found.map(({ detail: { from, to } }) => `${from} -> ${to}`).sort();
  assert.deepEqual(steps, ['completed -> deleted', 'null -> running', 'running -> completed']);
};

/** What an experiment tells: counted by its own job, read by administrators, announced to whoever listens. */
export const checkEvaluation = async (parties: Parties, check: Reporter): Promise<void> => {
  const { deployment } = parties;
  const queueUrl = await check('listen to the event bus', () => listenToBus(deployment, QUEUE));
  const made = await check(`${USERS} users see arms, ${USERS / 2} convert`, () => plays(parties));
  await check('evaluate experiments through their state machine', () =>
    runJob(deployment, 'JobEvaluateExperimentsArn'),
  );
  await check('read the results', () => tells(parties, made));
  await check('its start, end and removal are told on the bus', async () => {
    await ends(parties, made);
    await heard(deployment, queueUrl, made);
  });
};
