import { filmAnswers } from '../../bench/homepage/film-world.ts';
import { uuid } from '../../bench/tracking/visits.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { meterTotals } from '../../lambdas/runtime/meter.ts';
import { type Asked, askAsBackend } from './ask-as-backend.ts';
import { type CallUse, measureCalls } from './handlers.ts';

const SEED = 20_261_123;
const PEOPLE = 40;
const DAY_MS = 86_400_000;
/** Modules of a path. */
export const MODULES = 20;
const TYPES = ['video', 'article', 'exercise', 'quiz'];

/** What the endpoints of single products take, through the real handlers. */
export type ProductsMeasured = {
  /** An interaction of a day on which nothing was done yet, and one that unlocks an achievement. */
  readonly firstOfDay: CallUse;
  readonly unlocking: CallUse;
  readonly achievements: CallUse;
  readonly claim: CallUse;
  /** A path of `MODULES` modules: made, looked at, a step on it. */
  readonly pathNew: CallUse;
  readonly path: CallUse;
  readonly progress: CallUse;
  /** Parameters of a generation, and its outcome. */
  readonly parameters: CallUse;
  readonly outcome: CallUse;
  readonly templates: CallUse;
  readonly settingsNew: CallUse;
  readonly settingsAgain: CallUse;
  readonly metrics: CallUse;
  /** A homepage that is made when it is asked for, and one that was kept or made by the night. */
  readonly homepageNew: CallUse;
  readonly homepageKept: CallUse;
  /** Write units of a kept page. */
  readonly pageUnits: number;
};

const module = (n: number) => ({
  id: `module-${n}`,
  title: `Module ${n} of the course on editing`,
  type: TYPES[n % TYPES.length],
  duration: 900,
  prerequisites: n === 0 ? [] : [`module-${n - 1}`],
});

const pathBody = {
  title: 'Editing in a month',
  topic: 'editing',
  level: 'beginner',
  modules: Array.from({ length: MODULES }, (_, n) => module(n)),
  estimatedDuration: MODULES * 900,
};

type Ask = (asked: Asked) => Promise<unknown>;

/** A round of one question of everybody. */
const round = (users: readonly string[], ask: Ask, asked: (userId: string, index: number) => Asked) =>
  measureCalls(users.length, (index) => ask(asked(users[index] as string, index)));

const measureAchievements = async (users: readonly string[]) => {
  const [track, read, claim] = await Promise.all(
    ['trackInteraction', 'getAchievements', 'claimAchievement'].map(askAsBackend),
  );
  const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const viewed = (userId: string, days: number) => ({
    body: { userId, type: 'view', contentId: `item-${days}`, contentType: 'article', occurredAt: at(days) },
  });
  await round(users, track!, (userId) => viewed(userId, 2));
  const firstOfDay = await round(users, track!, (userId) => viewed(userId, 1));
  // An achievement of domains/saas.
  const imported = (userId: string) => ({ body: { userId, type: 'import_data', occurredAt: at(1) } });
  const unlocking = await round(users, track!, imported);
  const params = (userId: string) => ({ params: { userId, achievementId: 'first-import' } });
  const achievements = await round(users, read!, (userId) => ({ params: { userId } }));
  return { firstOfDay, unlocking, achievements, claim: await round(users, claim!, params) };
};

const measurePaths = async (users: readonly string[]) => {
  const [create, read, put] = await Promise.all(
    ['createLearningPath', 'getLearningPath', 'putProgress'].map(askAsBackend),
  );
  const ids: string[] = [];
  const pathNew = await measureCalls(users.length, async (index) => {
    const { pathId } = (await create!({ body: { userId: users[index], ...pathBody } })) as { pathId: string };
    ids.push(pathId);
  });
  const params = (index: number) => ({ params: { pathId: ids[index] as string } });
  const step = (n: number) => (_: string, index: number) => ({
    ...params(index),
    body: { moduleId: `module-${n}`, status: 'completed', score: 60 + index, timeSpent: 800 },
  });
  await round(users, put!, step(0));
  const progress = await round(users, put!, step(1));
  await round(users, read!, (_, index) => params(index));
  return { pathNew, progress, path: await round(users, read!, (_, index) => params(index)) };
};

const measureGenerations = async (users: readonly string[]) => {
  const [decide, record, templates, settings, metrics] = await Promise.all(
    [
      'decideGenerationParams',
      'recordVideoGeneration',
      'getTemplateRecommendations',
      'decideUiSettings',
      'getUserMetrics',
    ].map(askAsBackend),
  );
  const domain = 'video';
  const asking = (userId: string) => ({
    body: { userId, domain, context: { purpose: 'social', device: 'mobile' } },
  });
  const told = (userId: string, index: number) => ({
    body: {
      userId,
      domain,
      generationId: `generation-${index}`,
      parameters: { visualStyle: 'bold', durationSeconds: 30, pacing: 'fast', captions: true },
      outcome: { status: 'published', rating: 4, watchedRatio: 0.7 },
    },
  });
  const inPath = (userId: string) => ({ params: { userId } });
  const editor = (userId: string) => ({ body: { userId, context: 'editor' } });
  await round(users, decide!, asking);
  const outcome = await round(users, record!, told);
  return {
    outcome,
    parameters: await round(users, decide!, asking),
    templates: await round(users, templates!, inPath),
    settingsNew: await round(users, settings!, editor),
    settingsAgain: await round(users, settings!, editor),
    metrics: await round(users, metrics!, inPath),
  };
};

const measureHomepages = async (users: readonly string[]) => {
  const [answer, read] = await Promise.all(['upsertProfile', 'getHomepage'].map(askAsBackend));
  const random = seededRandom(SEED);
  for (const userId of users) await answer!({ body: { userId, questionnaireData: filmAnswers(random) } });
  const ask = (userId: string) => ({ query: { userId, domain: 'film' } });
  // What a process reads once for all.
  await read!(ask('warm-up'));
  const homepageNew = await round(users, read!, ask);
  const pageUnits = (meterTotals().putHomepage?.writeUnits ?? 0) / users.length;
  return { homepageNew, pageUnits, homepageKept: await round(users, read!, ask) };
};

/** The catalogues of the five products are there; these users are new. */
export const measureProducts = async (): Promise<ProductsMeasured> => {
  const random = seededRandom(SEED);
  const users = Array.from({ length: PEOPLE }, () => uuid(random));
  return {
    ...(await measureAchievements(users)),
    ...(await measurePaths(users)),
    ...(await measureGenerations(users)),
    ...(await measureHomepages(users)),
  };
};
