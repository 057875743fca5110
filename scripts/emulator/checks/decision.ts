import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import type { Rule } from '../config-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { type Person, signIn } from '../sign-in.ts';

type Question = {
  readonly deployment: Deployment;
  readonly user: Person;
  readonly service: Person;
  /** The rule that applied; it is deleted by now. */
  readonly rule: Rule;
  readonly decisionId: string;
};

type Explained = {
  userId: string;
  kind: string;
  reproduced: boolean;
  rules: { ruleId: string; version: number; verdict: string; clauses: { value: unknown }[] }[];
};

const explains = async ({ deployment, user, service, rule, decisionId }: Question): Promise<void> => {
  const path = `/personalization/decisions/${decisionId}`;
  const { body } = await expectStatus<Explained>(200, deployment.apiUrl, path, { token: service.token });
  assert.deepEqual([body.userId, body.kind, body.reproduced], [user.sub, 'config', true]);
  const explained = body.rules.find(({ ruleId }) => ruleId === rule.ruleId);
  assert.deepEqual([explained?.version, explained?.verdict], [1, 'applied']);
  assert.equal(explained?.clauses[0]?.value, 'pro', 'the value that the condition saw');
};

/** Why a user got a config, long after its rule has changed. */
export const checkDecision = async (question: Question, check: Reporter): Promise<void> => {
  const { deployment, user, decisionId } = question;
  const { ministack, outputs, apiUrl } = deployment;
  const path = `/personalization/decisions/${decisionId}`;
  await check('explain that decision to a service that has only its id', () => explains(question));
  await check('explain it to its user, and to no other: 403', async () => {
    await expectStatus(200, apiUrl, path, { token: user.token });
    const other = await signIn(ministack.url, outputs, { name: 'cleo' });
    await expectStatus(403, apiUrl, path, { token: other.token });
  });
};
