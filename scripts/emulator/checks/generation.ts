import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { eventually } from '../eventually.ts';
import type { Person } from '../sign-in.ts';

type Parties = {
  readonly deployment: Deployment;
  readonly admin: Person;
  readonly user: Person;
  readonly service: Person;
};

type Parameters = {
  readonly generationId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly confidence: number;
  readonly reasons: Readonly<Record<string, { readonly from: string; readonly reason: string }>>;
};

const USER = 'learner-4';
const DOMAIN = 'video';
const STYLE = 'retro';
/** How soon a function that holds the catalogue must have seen a change. */
const CATALOGUE_SEEN_MS = 20_000;

const clientOf = ({ deployment: { apiUrl }, service: { token } }: Parties) => {
  const post = <T>(path: string, body: object, status = 200) =>
    expectStatus<T>(status, apiUrl, `/personalization/${path}`, { method: 'POST', token, body });
  return {
    parameters: async () => {
      const body = { userId: USER, domain: DOMAIN, context: { purpose: 'social', device: 'mobile' } };
      return (await post<Parameters>('generation-params', body)).body;
    },
    outcome: (body: object, status = 200) =>
      post<{ known: boolean; reward: number | null }>(
        'integrate-video-generation',
        { userId: USER, domain: DOMAIN, ...body },
        status,
      ),
  };
};

/** Outcomes come back and move the next answer. */
const learns = async (parties: Parties): Promise<void> => {
  const client = clientOf(parties);
  const before = await client.parameters();
  assert.ok(Object.keys(before.parameters).length >= 7 && before.confidence >= 0, JSON.stringify(before));
  assert.notEqual(before.parameters.visualStyle, STYLE);
  const { body: own } = await client.outcome({
    generationId: before.generationId,
    outcome: { status: 'discarded', rating: 1 },
  });
  assert.equal(own.known, true, 'the engine knows what it chose');
  for (let n = 0; n < 3; n += 1) {
    const outcome = { status: 'published', rating: 5, watchedRatio: 0.95 };
    await client.outcome({ generationId: `own-${n}`, parameters: { visualStyle: STYLE }, outcome });
  }
  const after = await client.parameters();
  assert.equal(after.parameters.visualStyle, STYLE);
  assert.equal(after.reasons.visualStyle?.from, 'user', after.reasons.visualStyle?.reason);
  await client.outcome({ generationId: 'unheard-of', outcome: { status: 'completed' } }, 404);
};

const analyses = async ({ deployment: { apiUrl }, user, service }: Parties): Promise<void> => {
  const path = '/personalization/integrate-content-analysis';
  const body = {
    contentId: 'project-harbour-lights',
    analysis: { topics: ['sisters'], style: 'cinematic', sentiment: 'positive', quality: 0.9 },
  };
  await expectStatus(403, apiUrl, path, { method: 'POST', token: user.token, body });
  type Answer = { topics: string[]; changed: string[] };
  const request = { method: 'POST', token: service.token, body };
  const { body: changed } = await expectStatus<Answer>(200, apiUrl, path, request);
  assert.ok(changed.topics.includes('sisters') && changed.changed.length > 0, JSON.stringify(changed));
  const item = `/catalog/items/${body.contentId}`;
  const { body: found } = await expectStatus<{ topics: string[] }>(200, apiUrl, item, user);
  assert.ok(found.topics.includes('sisters'), 'the catalogue says so');
  await expectStatus(404, apiUrl, path, { ...request, body: { ...body, contentId: 'unheard-of' } });
};

const kinds = ['template', 'style', 'feature'] as const;

const recommendsKinds = async ({ deployment: { apiUrl }, admin, service }: Parties): Promise<void> => {
  const items = kinds.flatMap((type) =>
    [1, 2].map((n) => ({ itemId: `${type}-${n}`, type, title: `A ${type}, number ${n}` })),
  );
  await expectStatus(200, apiUrl, '/catalog/items', { method: 'POST', token: admin.token, body: { items } });
  type Answer = { recommendations: { type: string; matchReason: string }[]; reason?: string };
  for (const kind of kinds)
    await eventually({ what: `recommendations of ${kind}s`, timeoutMs: CATALOGUE_SEEN_MS }, async () => {
      const path = `/personalization/${kind}-recommendations/${USER}`;
      const { body } = await expectStatus<Answer>(200, apiUrl, path, service);
      assert.ok(body.recommendations.length > 0 || body.reason, 'an empty list has a reason');
      for (const { type, matchReason } of body.recommendations)
        assert.ok(type === kind && matchReason.length > 0, `${type}: ${matchReason}`);
      return body.recommendations.length > 0 ? true : undefined;
    });
};

const settles = async ({ deployment: { apiUrl }, user: { sub, token } }: Parties): Promise<void> => {
  type Settings = { settings: Record<string, unknown>; reasons: Record<string, { reason: string }> };
  const request = { method: 'POST', token, body: { context: 'editor' } };
  const { body } = await expectStatus<Settings>(200, apiUrl, '/personalization/ui-settings', request);
  const slots = ['density', 'hiddenFeatures', 'layout', 'shortcuts', 'theme'];
  assert.deepEqual([Object.keys(body.settings).sort(), Object.keys(body.reasons).sort()], [slots, slots]);
  type Metrics = {
    engagement: { interactions: number };
    clickThrough: { rate: number | null; reason?: string };
  };
  const metrics = await expectStatus<Metrics>(200, apiUrl, `/personalization/metrics/${sub}`, { token });
  assert.ok(metrics.body.engagement.interactions > 0);
  const { rate, reason } = metrics.body.clickThrough;
  assert.ok(rate !== null || reason, 'a rate, or why there is none');
};

/** What the video product asks for. */
export const checkGeneration = async (parties: Parties, check: Reporter): Promise<void> => {
  await check('parameters of a generation follow its outcomes', () => learns(parties));
  await check('an analysis of a content reaches the catalogue', () => analyses(parties));
  await check('recommendations of templates, styles and features', () => recommendsKinds(parties));
  await check('settings of the interface and metrics of a user', () => settles(parties));
};
