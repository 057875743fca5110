import assert from 'node:assert/strict';
import { callApi, expectStatus } from '../api-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import type { Person } from '../sign-in.ts';

type Parties = { readonly deployment: Deployment; readonly user: Person; readonly other: Person };

type Path = {
  readonly pathId: string;
  readonly status: string;
  readonly nextModule: string | null;
  readonly modules: readonly {
    readonly id: string;
    readonly status: string;
    readonly difficulty: number;
    readonly estimatedMinutes: number;
    readonly reason: string;
  }[];
  readonly progress: { readonly completed: number; readonly percent: number };
  readonly mastery: { readonly results: number };
  readonly decisionId: string;
};

const PATHS = '/learning-paths';

const given = (id: string, type: string, prerequisites: readonly string[] = []) => ({
  id,
  title: `About ${id}`,
  type,
  duration: 600,
  prerequisites,
});

/** The last comes first. */
const modules = [
  given('cut', 'project', ['exam']),
  given('exam', 'quiz', ['read', 'watch']),
  given('read', 'article'),
  given('watch', 'video'),
];

const body = (over: object = {}) => ({
  title: 'Cutting a film',
  topic: 'editing',
  level: 'beginner',
  modules,
  estimatedDuration: 2_400,
  ...over,
});

const creates = async ({ deployment: { apiUrl }, user: { token } }: Parties): Promise<Path> => {
  const made = await expectStatus<Path>(201, apiUrl, PATHS, { method: 'POST', token, body: body() });
  const order = made.body.modules.map(({ id }) => id);
  assert.deepEqual(order.slice(2), ['exam', 'cut'], order.join(', '));
  for (const { difficulty, estimatedMinutes, reason } of made.body.modules)
    assert.ok(difficulty >= 0.1 && difficulty <= 1 && estimatedMinutes >= 1 && reason.length > 0, reason);
  const { pathId } = made.body;
  const read = await expectStatus<Path>(200, apiUrl, `${PATHS}/${pathId}`, { token });
  assert.equal(read.body.decisionId, made.body.decisionId, 'an unchanged path keeps its decision');
  const list = await expectStatus<{ items: Path[] }>(200, apiUrl, PATHS, { token });
  assert.equal(list.body.items[0]?.pathId, pathId);
  return made.body;
};

const refuses = async ({ deployment: { apiUrl }, user: { token } }: Parties): Promise<void> => {
  const cycle = [given('a', 'video', ['c']), given('b', 'video'), given('c', 'quiz', ['a'])];
  const request = { method: 'POST', token, body: body({ modules: cycle }) };
  const { body: refusal } = await expectStatus<{ errors: { path: string; message: string }[] }>(
    400,
    apiUrl,
    PATHS,
    request,
  );
  assert.match(JSON.stringify(refusal.errors), /a -> c -> a|c -> a -> c/);
};

const walks = async ({ deployment: { apiUrl }, user, other }: Parties, { pathId }: Path): Promise<void> => {
  const path = `${PATHS}/${pathId}/progress`;
  const step = (status: number, moduleId: string, told: object = {}) =>
    expectStatus<Path>(status, apiUrl, path, {
      method: 'PUT',
      token: user.token,
      body: { moduleId, status: 'completed', ...told },
    });
  await step(409, 'cut');
  await step(400, 'unheard-of');
  await step(400, 'read', { score: 101 });
  const foreign = { method: 'PUT', token: other.token, body: { moduleId: 'read', status: 'completed' } };
  await expectStatus(403, apiUrl, path, foreign);
  await step(200, 'read', { timeSpent: 500 });
  await step(200, 'watch', { timeSpent: 550 });
  const passed = await step(200, 'exam', { score: 88, timeSpent: 400 });
  assert.equal(passed.body.mastery.results, 1, 'the score is a result of its topic at once');
  assert.equal(passed.body.nextModule, 'cut');
  const { body: end } = await step(200, 'cut', { timeSpent: 700 });
  assert.deepEqual([end.status, end.nextModule, end.progress.percent], ['completed', null, 100]);
  await step(200, 'cut', { timeSpent: 700 });
  await step(409, 'cut', { score: 10 });
};

/** What was done on the path is counted like everything else, once. */
const isCounted = async (
  { deployment: { apiUrl }, user: { sub, token } }: Parties,
  { pathId }: Path,
): Promise<void> => {
  const [, ulid = ''] = pathId.split('.');
  type List = { items: { interactionId: string; type: string }[] };
  const { body: list } = await callApi<List>(apiUrl, `/personalization/interactions/${sub}?limit=100`, {
    token,
  });
  const own = list.items.filter(({ interactionId }) => interactionId.includes(ulid));
  const count = (type: string) => own.filter((one) => one.type === type).length;
  assert.deepEqual(
    [count('complete_module'), new Set(own.map((one) => one.interactionId)).size],
    [4, own.length],
  );
};

/** A learning path from its making to its end. */
export const checkLearningPath = async (parties: Parties, check: Reporter): Promise<void> => {
  const path = await check('make a learning path, ordered by what modules need', () => creates(parties));
  await check('a cycle among modules is refused by its names', () => refuses(parties));
  await check('walk the path to its end, and not where it is locked, foreign or over', () =>
    walks(parties, path),
  );
  await check('what was done on the path is counted, once', () => isCounted(parties, path));
};
