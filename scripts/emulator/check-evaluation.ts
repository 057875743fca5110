import assert from 'node:assert/strict';
import { expectStatus } from './api-client.ts';
import { awsCall } from './aws-call.ts';
import type { Deployment, Reporter } from './deploy.ts';
import { eventually } from './eventually.ts';
import { runJob } from './run-job.ts';
import type { Person } from './sign-in.ts';

type Parties = { readonly deployment: Deployment; readonly admin: Person; readonly service: Person };
type Experiment = { readonly experimentId: string };
type Results = { users: number; source: string; verdict: string; metrics: { arms: { total: number }[] }[] };
type Event = { 'detail-type': string; detail: { experimentId: string; from: string | null; to: string } };

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

/** A rule on the product's bus, as another team would put one there; its target is a queue of theirs. */
const listens = async ({ ministack, outputs }: Deployment): Promise<string> => {
  const { QueueUrl } = await awsCall(ministack.url, 'sqs')<{ QueueUrl: string }>('CreateQueue', {
    QueueName: QUEUE,
  });
  const events = awsCall(ministack.url, 'events');
  const rule = { EventBusName: outputs.EventBusName, Name: QUEUE };
  await events('PutRule', { ...rule, EventPattern: JSON.stringify({ source: ['attune'] }) });
  const Arn = `arn:aws:sqs:us-east-1:000000000000:${QUEUE}`;
  const { EventBusName, Name: Rule } = rule;
  await events('PutTargets', { EventBusName, Rule, Targets: [{ Id: 'queue', Arn }] });
  return QueueUrl;
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
  { ministack }: Deployment,
  QueueUrl: string,
  { experimentId }: Experiment,
): Promise<void> => {
  const sqs = awsCall(ministack.url, 'sqs');
  const found: Event[] = [];
  await eventually({ what: 'the events of the experiment' }, async () => {
    const { Messages = [] } = await sqs<{ Messages?: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    const events = Messages.map(({ Body }) => JSON.parse(Body) as Event);
    found.push(...events.filter(({ detail }) => detail.experimentId === experimentId));
    return found.length >= 3 ? true : undefined;
  });
  const steps = found.map(({ detail: { from, to } }) => `${from} -> ${to}`).sort();
  assert.deepEqual(steps, ['completed -> deleted', 'null -> running', 'running -> completed']);
};

/** What an experiment tells: counted by its own job, read by administrators, announced to whoever listens. */
export const checkEvaluation = async (parties: Parties, check: Reporter): Promise<void> => {
  const { deployment } = parties;
  const queueUrl = await check('listen to the event bus', () => listens(deployment));
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
