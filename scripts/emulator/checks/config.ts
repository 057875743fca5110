import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import { type Asked, askConfig, RULES_SEEN_MS, type Rule } from '../config-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { eventually } from '../eventually.ts';
import { type Person, signIn } from '../sign-in.ts';
import { checkAnalytics } from './analytics.ts';
import { checkDecision } from './decision.ts';
import { checkEvaluation } from './evaluation.ts';
import { checkExperiment } from './experiment.ts';
import { checkFlags } from './flags.ts';

const RULES = '/personalization/rules';

/** Met by what `askConfig` says of the user. */
const proTips = (banner: string) => ({
  name: 'Pro tips',
  priority: 10,
  contexts: ['dashboard'],
  condition: { '==': [{ var: 'user.attributes.plan' }, 'pro'] },
  actions: { settings: { banner } },
});

/** Other instances have looked at the rules a moment ago: they notice within ten seconds. */
const untilBanner = async (asked: Asked, banner: string | undefined) => {
  const started = performance.now();
  const answer = await eventually(
    { what: `the banner ${banner}`, timeoutMs: 2 * RULES_SEEN_MS, everyMs: 250 },
    async () => {
      const found = await askConfig(asked);
      return found.body.config.settings.banner === banner ? found : undefined;
    },
  );
  const waited = performance.now() - started;
  assert.ok(waited <= RULES_SEEN_MS, `seen after ${(waited / 1000).toFixed(1)} s`);
  return answer;
};

const createsRule = async (asked: Asked, { token }: Person): Promise<Rule> => {
  const before = await askConfig(asked);
  assert.equal(before.body.config.settings.banner, undefined, 'the function has looked at the rules before');
  const request = { method: 'POST', token, body: proTips('deployed') };
  const { body: rule } = await expectStatus<Rule>(201, asked.apiUrl, RULES, request);
  const { body } = await untilBanner(asked, 'deployed');
  assert.deepEqual(
    body.appliedRules.map(({ ruleId }) => ruleId),
    [rule.ruleId],
  );
  assert.equal(body.reasons['settings.banner']?.by, rule.ruleId);
  return rule;
};

/** Answers the id of the decision. */
const unchangedConfig = async (asked: Asked): Promise<string> => {
  const first = await askConfig(asked);
  const tag = first.headers.get('etag');
  assert.ok(tag, 'an ETag');
  const again = await askConfig(asked, { status: 304, headers: { 'if-none-match': tag } });
  assert.equal(again.body, undefined, 'a 304 has no body');
  const other = await askConfig({ ...asked, plan: 'free' }, { headers: { 'if-none-match': tag } });
  assert.equal(other.body.config.settings.banner, undefined, 'what differs is no 304');
  assert.notEqual(other.body.decisionId, first.body.decisionId);
  return first.body.decisionId;
};

const previews = async ({ apiUrl }: Asked, { token }: Person, { ruleId }: Rule): Promise<void> => {
  type Preview = { matches: boolean; clauses: { path: string; passed: boolean; value: unknown }[] };
  const request = {
    method: 'POST',
    token,
    body: { ruleId, context: { user: { attributes: { plan: 'free' } } } },
  };
  const { body } = await expectStatus<Preview>(200, apiUrl, `${RULES}/preview`, request);
  assert.equal(body.matches, false);
  assert.deepEqual([body.clauses[0]?.path, body.clauses[0]?.value], ['user.attributes.plan', 'free']);
};

/** Changed, changed by somebody who has not seen it, put back, taken away. */
const changesRule = async (asked: Asked, { token }: Person, { ruleId }: Rule): Promise<void> => {
  const { apiUrl } = asked;
  const path = `${RULES}/${ruleId}`;
  const replacement = { method: 'PUT', token, body: { ...proTips('changed'), version: 1 } };
  await expectStatus(200, apiUrl, path, replacement);
  await untilBanner(asked, 'changed');
  await expectStatus(409, apiUrl, path, replacement);
  const back = { method: 'POST', token, body: { version: 1 } };
  const { body } = await expectStatus<Rule>(200, apiUrl, `${path}/rollback`, back);
  assert.equal(body.version, 3);
  await untilBanner(asked, 'deployed');
  await expectStatus(200, apiUrl, path, { method: 'DELETE', token });
  await untilBanner(asked, undefined);
  const versions = await expectStatus<{ items: { action: string }[] }>(200, apiUrl, `${path}/versions`, {
    token,
  });
  assert.deepEqual(
    versions.body.items.map(({ action }) => action),
    ['deleted', 'restored', 'updated', 'created'],
  );
};

/** Rules, configurations, flags, experiments and what is counted of them, on the deployed stacks. */
export const checkConfig = async (
  deployment: Deployment,
  check: Reporter,
  people: { readonly admin: Person; readonly user: Person },
): Promise<void> => {
  const { apiUrl, ministack, outputs } = deployment;
  const { admin, user } = people;
  const asked: Asked = { apiUrl, person: user, plan: 'pro' };
  const service = await check('sign in a service at Cognito', () =>
    signIn(ministack.url, outputs, { name: 'engine', group: 'service' }),
  );
  await check('a user may not write a rule: 403', () =>
    expectStatus(403, apiUrl, RULES, { method: 'POST', token: user.token, body: proTips('mine') }),
  );
  const rule = await check('create a rule and see it in the config within 10 s', () =>
    createsRule(asked, admin),
  );
  await checkFlags(asked, check);
  const decisionId = await check('an unchanged config is a 304', () => unchangedConfig(asked));
  await check('preview the rule: which clause fails', () => previews(asked, admin, rule));
  await checkExperiment({ deployment, admin, service }, check);
  await checkEvaluation({ deployment, admin, service }, check);
  await checkAnalytics(deployment, check, { admin, ruleId: rule.ruleId });
  await check('replace the rule, refuse a stale version, roll back, delete', () =>
    changesRule(asked, admin, rule),
  );
  await checkDecision({ deployment, user, service, rule, decisionId }, check);
};
