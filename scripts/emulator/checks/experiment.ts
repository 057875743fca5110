import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import { type ConfigAnswer, RULES_SEEN_MS } from '../config-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { eventually } from '../eventually.ts';
import type { Person } from '../sign-in.ts';

type Parties = { readonly deployment: Deployment; readonly admin: Person; readonly service: Person };
type Experiment = { readonly experimentId: string };
type Assignment = { readonly variant: string; readonly inExperiment: boolean };

const EXPERIMENTS = '/personalization/experiments';
const KEY = 'deploy-test';
const USERS = 12;

const body = {
  key: KEY,
  name: 'Which theme',
  variants: [
    { key: 'plain', weight: 0.5 },
    { key: 'dim', weight: 0.5, payload: { config: { theme: 'dark' } } },
  ],
  metrics: [{ name: 'signup', type: 'binomial' }],
  status: 'running',
};

const learners = Array.from({ length: USERS }, (_, user) => `learner-${user}`);

const assigned = async ({ deployment, service }: Parties, userId: string): Promise<Assignment> => {
  const path = `${EXPERIMENTS}/${KEY}/assignment?userId=${userId}`;
  return (await expectStatus<Assignment>(200, deployment.apiUrl, path, { token: service.token })).body;
};

/** The arm that the config shows; undefined where none is. */
const inConfig = async ({ deployment, service }: Parties, userId: string): Promise<string | undefined> => {
  const request = { method: 'POST', token: service.token, body: { userId, context: 'dashboard' } };
  const { body } = await expectStatus<ConfigAnswer>(
    200,
    deployment.apiUrl,
    '/personalization/config',
    request,
  );
  const arm = body.experiments.find(({ key }) => key === KEY)?.variant;
  if (arm === 'dim') assert.deepEqual([body.config.theme, body.reasons.theme?.by], ['dark', KEY]);
  return arm;
};

const inFlag = async ({ deployment, service }: Parties, userId: string): Promise<string> => {
  const context = { targetingKey: userId, context: 'dashboard' };
  const request = { method: 'POST', token: service.token, body: { context } };
  const path = `/ofrep/v1/evaluate/flags/${KEY}`;
  return (await expectStatus<{ variant: string }>(200, deployment.apiUrl, path, request)).body.variant;
};

const starts = async (parties: Parties): Promise<Experiment> => {
  const request = { method: 'POST', token: parties.admin.token, body };
  const made = await expectStatus<Experiment>(201, parties.deployment.apiUrl, EXPERIMENTS, request);
  const [first = ''] = learners;
  await eventually({ what: 'the arm in the config', timeoutMs: RULES_SEEN_MS, everyMs: 250 }, () =>
    inConfig(parties, first),
  );
  return made.body;
};

/** Three functions, each in a process of its own, and each asked again: one arm. */
const isStable = async (parties: Parties): Promise<void> => {
  const arms = new Set<string>();
  for (const userId of learners) {
    const { variant, inExperiment } = await assigned(parties, userId);
    assert.ok(inExperiment, userId);
    const others = [
      await inConfig(parties, userId),
      await inFlag(parties, userId),
      (await assigned(parties, userId)).variant,
      await inConfig(parties, userId),
    ];
    assert.deepEqual([userId, ...others], [userId, variant, variant, variant, variant]);
    arms.add(variant);
  }
  assert.deepEqual([...arms].sort(), ['dim', 'plain'], 'both arms are given');
};

/** More of those who come now get `dim`; who has an arm keeps it. */
const keepsArms = async (parties: Parties, { experimentId }: Experiment): Promise<void> => {
  const before = await Promise.all(learners.map((userId) => assigned(parties, userId)));
  const [plain, dim] = body.variants;
  const variants = [
    { ...plain, weight: 0.05 },
    { ...dim, weight: 0.95 },
  ];
  const replacement = { method: 'PUT', token: parties.admin.token, body: { ...body, variants, version: 1 } };
  await expectStatus(200, parties.deployment.apiUrl, `${EXPERIMENTS}/${experimentId}`, replacement);
  await new Promise((resolve) => setTimeout(resolve, RULES_SEEN_MS));
  const after = await Promise.all(learners.map((userId) => assigned(parties, userId)));
  assert.deepEqual(
    after.map(({ variant }) => variant),
    before.map(({ variant }) => variant),
  );
};

/** An experiment from its start to its end. */
export const checkExperiment = async (parties: Parties, check: Reporter): Promise<void> => {
  const { admin } = parties;
  const { apiUrl } = parties.deployment;
  const made = await check('start an experiment and see its arm within 10 s', () => starts(parties));
  await check(`one arm of ${USERS} users in config, flag and assignment`, () => isStable(parties));
  await check('other weights move nobody who has an arm', () => keepsArms(parties, made));
  await check('end the experiment and take it away', async () => {
    const path = `${EXPERIMENTS}/${made.experimentId}`;
    await expectStatus(409, apiUrl, path, { method: 'DELETE', token: admin.token });
    const ended = { method: 'PUT', token: admin.token, body: { ...body, status: 'completed' } };
    await expectStatus(200, apiUrl, path, ended);
    await expectStatus(200, apiUrl, path, { method: 'DELETE', token: admin.token });
  });
};
