import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { runJob } from '../run-job.ts';
import type { Person } from '../sign-in.ts';

type Subject = { readonly admin: Person; readonly ruleId: string };

type Figures = {
  users: { active: number; new: number };
  engagement: { interactions: number };
  recommendations: { answers: number; shown: number };
  rules: { decisions: number; exposures: number };
};
type Analytics = { asOf: string | null; totals: Figures; series: (Figures & { date: string })[] };

/** Users of the main job who did anything, at least. */
const ACTIVE = 31;
const INTERACTIONS = 121;

const analytics = async ({ apiUrl }: Deployment, { admin }: Subject): Promise<Analytics> =>
  (await expectStatus<Analytics>(200, apiUrl, '/personalization/analytics?period=7d', admin)).body;

const countsTheDay = async (deployment: Deployment, subject: Subject): Promise<void> => {
  const started = new Date().toISOString();
  await runJob(deployment, 'JobAggregateArn');
  const { asOf, totals, series } = await analytics(deployment, subject);
  assert.ok(asOf !== null && asOf >= started, `counted at ${asOf}`);
  assert.equal(series.at(-1)?.date, asOf.slice(0, 10), 'the running day is the last');
  const { users, engagement, recommendations, rules } = totals;
  const least = [
    [users.active, ACTIVE],
    [users.new, ACTIVE],
    [engagement.interactions, INTERACTIONS],
    [recommendations.answers, 1],
    [recommendations.shown, 1],
    [rules.decisions, 1],
    [rules.exposures, 1],
  ] as const;
  assert.ok(
    least.every(([found, wanted]) => found >= wanted),
    JSON.stringify(totals),
  );
};

const countsAgain = async (deployment: Deployment, subject: Subject): Promise<void> => {
  const first = await analytics(deployment, subject);
  await runJob(deployment, 'JobAggregateArn');
  const again = await analytics(deployment, subject);
  assert.deepEqual(again.totals, first.totals);
};

const tellsOfSegmentsAndRules = async ({ apiUrl }: Deployment, subject: Subject): Promise<void> => {
  const { admin, ruleId } = subject;
  type Segments = { segments: { name: string; users: number }[]; everyone: { users: number } };
  const { body } = await expectStatus<Segments>(200, apiUrl, '/personalization/segments', admin);
  assert.ok(body.everyone.users >= ACTIVE, JSON.stringify(body.everyone));
  assert.ok(
    body.segments.some(({ name, users }) => name === 'new_user' && users > 0),
    JSON.stringify(body.segments),
  );
  const path = `/personalization/rules/${ruleId}/performance`;
  const performance = await expectStatus<{ exposures: number }>(200, apiUrl, path, admin);
  assert.equal(performance.body.exposures, 1, 'the one user who got the rule');
  type Advice = { advice: { ruleId: string; action: string }[] };
  const request = { method: 'POST', token: admin.token, body: {} };
  const optimized = await expectStatus<Advice>(200, apiUrl, '/personalization/optimize', request);
  const advice = optimized.body.advice.find((one) => one.ruleId === ruleId);
  assert.equal(advice?.action, 'keep', 'one user is no evidence');
};

/** What the evening's job counts, and a repeat of it. */
export const checkAnalytics = async (
  deployment: Deployment,
  check: Reporter,
  subject: Subject,
): Promise<void> => {
  await check('run aggregate through its state machine: analytics show the day', () =>
    countsTheDay(deployment, subject),
  );
  await check('segments, performance of the rule, advice', () =>
    tellsOfSegmentsAndRules(deployment, subject),
  );
  await check('aggregate again: the same figures', () => countsAgain(deployment, subject));
};
