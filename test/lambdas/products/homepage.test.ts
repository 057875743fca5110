import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homepageStore } from '../../../adapters/dynamodb/stores/homepage-store.ts';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import { lineOf } from '../../../core/experiments/rounds.ts';
import { HOUR } from '../../support/clock.ts';
import { REVALIDATED } from '../../support/config-asks.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

const catalog = JSON.parse(
  readFileSync(new URL('../../../domains/film/catalog.json', import.meta.url), 'utf8'),
) as { itemId: string; type: string }[];

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'film' });
  const items = [
    ...catalog,
    { itemId: 'project-bare', type: 'project', title: 'A project that says nothing of itself' },
    {
      itemId: 'project-no-format',
      type: 'project',
      title: 'Without format or genre',
      budget: { min: 10_000, max: 20_000 },
      timeline: '3 months',
    },
  ];
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
});
afterAll(() => engine.close());

/** All twelve, as in api.md. */
const ANSWERS = {
  timeline: 'within 9 months',
  personal_meaning: ['the craft of my family'],
  project_for: 'a film festival',
  format: 'documentary',
  materials: ['interviews', 'photos'],
  excited_parts: ['following people at work'],
  involvement: 'some',
  start_timing: 'next month',
  budget: '$30,000 - $50,000',
  logline: 'Three families in Cornwall rebuild dry stone walls before the winter storms return.',
  description:
    'A documentary about the craft of walling and the nature around it. We would follow the Tregenza family for one year, with interviews at home and long days on the coast path near Zennor, and end with the last cap stone in October.',
  want_consult: true,
};

const as = (sub: string) => ({
  answer: (questionnaireData: object) =>
    engine.good('upsertProfile', {
      body: { email: `${sub}@example.com`, questionnaireData },
      claims: asUser(sub),
    }),
  page: () => engine.good('getHomepage', { query: { userId: sub }, claims: asUser(sub) }),
  track: (body: object) =>
    engine.good('trackInteraction', { body: { type: 'view', ...body }, claims: asUser(sub) }),
});

type Card = { id: string; matchReason: string; confidence: number; recommendationId: string; score: number };
type PageBody = { featuredProjects: Card[]; testimonials: Card[]; services: Card[] } & Record<
  string,
  unknown
>;

const cardsOf = ({ featuredProjects, testimonials, services }: PageBody): Card[] => [
  ...featuredProjects,
  ...testimonials,
  ...services,
];

describe('POST /profile with the questionnaire', () => {
  it('scores the twelve answers, and recommends what fits them, with reasons', async () => {
    const { personalization } = await as('wren').answer(ANSWERS);
    expect(personalization).toMatchObject({ enabled: true, source: 'computed', engagementLevel: 5 });
    expect(personalization.score).toBeGreaterThan(90);
    expect(personalization.scoreParts.completeness).toBe(100);
    const [first] = personalization.recommendations;
    expect(first).toMatchObject({ type: 'project', id: 'project-salt-and-stone' });
    expect(first.reason).toMatch(/^The same format \(documentary\), about .*craft.* and within your budget/);
    const told = await engine.good('getDecision', {
      params: { decisionId: personalization.decisionId },
      claims: asUser('wren'),
    });
    expect(told.candidates[0].parts.matching).toBeGreaterThan(0);
  });

  it('refuses unknown answers and texts of 100 KB, naming the field', async () => {
    const refused = async (questionnaireData: object, path: string) => {
      const answer = await engine.call('upsertProfile', {
        body: { questionnaireData },
        claims: asUser('eve'),
      });
      expectProblem(answer, 'validation');
      expect(JSON.stringify(answer.body)).toContain(path);
    };
    await refused({ favourite_colour: 'blue' }, 'questionnaireData.favourite_colour');
    await refused({ description: 'word '.repeat(20_000) }, 'questionnaireData.description');
    await refused({ format: 7 }, 'questionnaireData.format');
    const huge = { description: 'word '.repeat(60_000) };
    const answer = await engine.call('upsertProfile', {
      body: { questionnaireData: huge },
      claims: asUser('eve'),
    });
    expectProblem(answer, 'payload-too-large');
  });

  it('takes answers in other languages and answers that mean nothing', async () => {
    const german = await as('greta').answer({
      format: 'Dokumentarfilm',
      budget: '30.000 bis 45.000 €',
      timeline: 'neun Monate',
      start_timing: 'sofort',
      want_consult: 'ja, gerne',
    });
    expect(german.personalization.recommendations[0].id).toBe('project-salt-and-stone');
    const nonsense = await as('nemo').answer({
      format: '☃☃☃',
      budget: '???',
      logline: 'asdf jkjkjkjk',
      description: '',
    });
    expect(nonsense.personalization.score).toBeLessThan(30);
    expect(nonsense.personalization.recommendations.length).toBeGreaterThan(0);
  });
});

describe('GET /personalization/homepage', () => {
  it('is that of everybody for somebody unknown, and says so', async () => {
    const page = await as('stranger').page();
    expect(page.hero).toMatchObject({ id: 'studio', confidence: 0 });
    expect(page.reason).toMatch(/everybody|segment/);
    expect(page.source).toBe('computed');
    expect(page.testimonials).toHaveLength(3);
    expect(page.services).toHaveLength(4);
    for (const { matchReason } of cardsOf(page)) expect(matchReason).not.toBe('');
  });

  it('follows the answers: hero, projects, stories and services, each with its reason and no element twice', async () => {
    await as('ada').answer(ANSWERS);
    const page = await as('ada').page();
    expect(page.hero).toMatchObject({ id: 'documentary', title: 'Your documentary deserves an audience' });
    expect(page.hero.matchReason).toMatch(/documentary/);
    expect(page.hero.confidence).toBeGreaterThan(0.5);
    expect(page.featuredProjects[0].id).toBe('project-salt-and-stone');
    const ids = cardsOf(page).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('project-no-format');
    for (const { confidence, matchReason } of cardsOf(page)) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(matchReason).not.toBe('');
    }
  });

  it('is kept, the same decision as long as it shows the same, and made anew by an answer or an interaction', async () => {
    const ida = as('ida');
    await ida.answer(ANSWERS);
    const first = await ida.page();
    expect(first.source).toBe('computed');
    const again = await ida.page();
    expect(again).toMatchObject({ source: 'cache', decisionId: first.decisionId });
    expect(cardsOf(again)).toEqual(cardsOf(first).map((card) => expect.objectContaining({ id: card.id })));
    await ida.answer({ format: 'brand film', budget: '10-15k', project_for: 'my company' });
    const other = await ida.page();
    expect(other).toMatchObject({ source: 'computed', hero: { id: 'brand-film' } });
    expect(other.featuredProjects[0].id).not.toBe('project-salt-and-stone');
    await ida.track({ type: 'watch', contentId: 'project-letters-to-ada', contentType: 'project' });
    expect((await ida.page()).source).toBe('computed');
    await ida.track({ type: 'dismiss', contentId: 'service-brand-film', contentType: 'service' });
    expect(cardsOf(await ida.page()).map(({ id }) => id)).not.toContain('service-brand-film');
    engine.clock.advance(37 * HOUR);
    expect((await ida.page()).source).toBe('computed');
  });

  it('follows what was watched where nothing was answered', async () => {
    const wim = as('wim');
    for (const contentId of [
      'project-salt-and-stone',
      'project-letters-to-ada',
      'project-first-day-at-the-forge',
    ])
      await wim.track({ type: 'complete', contentId, contentType: 'project' });
    const page = await wim.page();
    expect(page.source).toBe('computed');
    expect(page.hero.id).toBe('documentary');
    expect(page.hero.matchReason).toMatch(/You looked at/);
  });

  it('leaves a trace that is explained', async () => {
    await as('tess').answer(ANSWERS);
    const { decisionId, services } = await as('tess').page();
    const told = await engine.good('getDecision', { params: { decisionId }, claims: asUser('tess') });
    expect(told).toMatchObject({
      kind: 'homepage',
      homepage: { domain: 'film', hero: { id: 'documentary' } },
    });
    expect(told.homepage.sections[2]).toEqual({ section: 'services', elements: services.length });
    expect(told.candidates[0].parts.matching).toBeGreaterThan(0);
  });

  it('uses and stores nothing of a user who does not allow it', async () => {
    await engine.good('upsertProfile', { body: { questionnaireData: ANSWERS }, claims: asUser('shy') });
    await as('shy').page();
    const { profile } = await usersStore(engine.database).load('shy');
    if (!profile) throw new Error('There is no profile');
    const closed = {
      ...profile,
      version: profile.version + 1,
      privacy: { ...profile.privacy, optOut: true },
    };
    await profileStore(engine.database).put(closed, profile.version);
    const before = await engine.scan();
    const page = await as('shy').page();
    expect(page).toMatchObject({ source: 'fallback', hero: { id: 'studio' } });
    expect(page.reason).toMatch(/opted out/);
    expect(await engine.scan()).toEqual(before);
  });

  it('is made anew each time for a user who lets nothing be stored', async () => {
    await as('vera').answer(ANSWERS);
    const profiles = profileStore(engine.database);
    const profile = (await profiles.get('vera'))!;
    const consents = { ...profile.privacy.consents, analytics: false };
    const privacy = { ...profile.privacy, consents };
    await profiles.put({ ...profile, version: profile.version + 1, privacy }, profile.version);
    for (let n = 0; n < 2; n += 1)
      expect(await as('vera').page()).toMatchObject({ source: 'computed', hero: { id: 'documentary' } });
    expect(await homepageStore(engine.database).get('vera')).toBeUndefined();
  });

  it('is forgotten with what was learned', async () => {
    await as('rex').answer(ANSWERS);
    await as('rex').page();
    expect(await homepageStore(engine.database).get('rex')).toBeDefined();
    await engine.good('resetProfile', { params: { userId: 'rex' }, claims: asUser('rex') });
    expect(await homepageStore(engine.database).get('rex')).toBeUndefined();
  });

  it('is of the product that a service names, and refuses others', async () => {
    const query = { userId: 'ada', domain: 'saas' };
    const page = await engine.good('getHomepage', { query, claims: asService() });
    expect(page.hero.id).toBe('welcome');
    expectProblem(await engine.call('getHomepage', { query, claims: asUser('ada') }), 'forbidden');
    const unknown = { query: { userId: 'ada', domain: 'nowhere' }, claims: asService() };
    expectProblem(await engine.call('getHomepage', unknown), 'validation');
  });
});

describe('the night', () => {
  it('makes pages for active users, everybody and each segment, and they are served', async () => {
    await as('nia').answer(ANSWERS);
    await as('nia').track({ type: 'watch', contentId: 'project-letters-to-ada', contentType: 'project' });
    await as('noa').track({ type: 'page_open' });
    await engine.runJob('retrain', 'night-1');
    engine.clock.advance(2 * 60_000);
    const mine = await as('nia').page();
    expect(mine).toMatchObject({ source: 'precomputed', hero: { id: 'documentary' } });
    const nobody = await as('new-here').page();
    expect(nobody).toMatchObject({ source: 'precomputed' });
    expect((await homepageStore(engine.database).shared('film')).has('everybody')).toBe(true);
    await as('nia').answer({ format: 'short film' });
    expect(await as('nia').page()).toMatchObject({ source: 'computed', hero: { id: 'fiction' } });
  });

  it('makes the page of somebody who only answered, and keeps nothing of who opted out since', async () => {
    await as('otto').answer(ANSWERS);
    await as('olga').answer(ANSWERS);
    engine.clock.advance(31 * 24 * HOUR);
    await as('pia').answer(ANSWERS);
    await as('pete').answer(ANSWERS);
    const profiles = profileStore(engine.database);
    const pete = (await profiles.get('pete'))!;
    const privacy = { ...pete.privacy, optOut: true };
    await profiles.put({ ...pete, version: pete.version + 1, privacy }, pete.version);
    await engine.runJob('retrain', 'night-2');
    const pages = homepageStore(engine.database);
    expect(await pages.get('pia')).toMatchObject({ precomputed: true, hero: { id: 'documentary' } });
    for (const userId of ['otto', 'olga', 'pete']) expect(await pages.get(userId)).toBeUndefined();
    engine.clock.advance(2 * 60_000);
    expect(await as('pia').page()).toMatchObject({ source: 'precomputed', hero: { id: 'documentary' } });
  });

  it('tells of a new list and makes the page in one run, and says nothing where the list stayed', async () => {
    const una = as('una');
    await una.answer(ANSWERS);
    await una.track({ type: 'watch', contentId: 'project-letters-to-ada', contentType: 'project' });
    const kept = async () => (await homepageStore(engine.database).get('una'))!;
    const told = async () => {
      const { updates } = await engine.good('getRealtimeUpdates', {
        params: { userId: 'una' },
        claims: asUser('una'),
      });
      return updates.filter(({ kind }: { kind: string }) => kind === 'recommendations').length;
    };
    await engine.runJob('retrain', 'night-3');
    expect([await told(), (await kept()).precomputed]).toEqual([1, true]);
    const { computedAt } = await kept();
    engine.clock.advance(HOUR);
    await engine.runJob('precompute', 'afternoon-3');
    expect(await told()).toBe(1);
    expect((await kept()).computedAt).toBeGreaterThan(computedAt);
    const [first] = await engine.good('getRecommendations', {
      params: { userId: 'una' },
      query: { limit: '5' },
      claims: asUser('una'),
    });
    await una.track({ type: 'complete', contentId: first.contentId, contentType: 'project' });
    engine.clock.advance(HOUR);
    await engine.runJob('retrain', 'night-4');
    expect(await told()).toBe(2);
    engine.clock.advance(2 * 60_000);
    expect(await una.page()).toMatchObject({ source: 'precomputed' });
  });
});

describe('an experiment on the hero', () => {
  const make = (key: string, heroes: readonly unknown[]) =>
    engine.good('createExperiment', {
      claims: asAdmin(),
      body: {
        key,
        name: key,
        variants: heroes.map((hero, at) => ({
          key: `arm-${at}`,
          weight: 1 / heroes.length,
          ...(hero !== undefined && { payload: { homepage: { hero } } }),
        })),
        metrics: [{ name: 'click', type: 'count', attribution: 'recommendation' }],
        condition: { in: [key, { var: 'user.userId' }] },
        status: 'running',
      },
    });

  it('shows its hero to those of an arm, counts everybody once, and says so', async () => {
    const made = await make('hero-test', [undefined, 'start-now']);
    engine.clock.advance(REVALIDATED);
    const shown = new Map<string, string>();
    for (const user of Array.from({ length: 12 }, (_, n) => `hero-test-${n}`)) {
      const page = await as(user).page();
      expect((await as(user).page()).hero.id).toBe(page.hero.id);
      const [{ key, variant }] = page.experiments;
      expect([key, page.hero.id]).toEqual(['hero-test', variant === 'arm-1' ? 'start-now' : 'studio']);
      if (variant === 'arm-1') expect(page.hero.matchReason).toMatch(/hero-test/);
      shown.set(user, variant);
    }
    expect(new Set(shown.values()).size).toBe(2);
    for (const [user, variant] of shown) {
      const row = await outcomeStore(engine.database).get(lineOf(made.experimentId, 'hero-test'), user);
      expect(row).toMatchObject({ variant });
    }
  });

  it('replaces texts, and is refused where it says nothing that can be shown', async () => {
    await make('hero-texts', [{ title: 'Another title' }, { title: 'Another title' }]);
    engine.clock.advance(REVALIDATED);
    const page = await as('hero-texts-1').page();
    expect(page.hero).toMatchObject({ id: 'studio', title: 'Another title' });
    await expect(make('hero-bad', [{ colour: 'red' }, 'studio'])).rejects.toThrow(/payload\.homepage\.hero/);
  });
});
