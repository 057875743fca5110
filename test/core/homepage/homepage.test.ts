import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { catalogueOf } from '../../../core/catalog/catalogue.ts';
import type { CatalogItem } from '../../../core/catalog/types.ts';
import type { Domain } from '../../../core/domains/types.ts';
import { chooseHero, type HeroFacts, heroUnder, NO_FACTS } from '../../../core/homepage/hero.ts';
import { homepageFaults } from '../../../core/homepage/homepage-faults.ts';
import { homepageTraceOf, shorterHomepageTrace } from '../../../core/homepage/homepage-trace.ts';
import {
  EVERYBODY,
  freshPage,
  freshSharedPage,
  PAGE_TTL_MS,
  toKept,
} from '../../../core/homepage/kept-page.ts';
import { anybody } from '../../../core/homepage/make-page.ts';
import { rankSections } from '../../../core/homepage/sections.ts';
import { type HomepageDefinition, SECTIONS } from '../../../core/homepage/types.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { shownScore } from '../../../core/recommend/answers.ts';
import { matchingFaults } from '../../../core/recommend/match/matching-faults.ts';
import { matchingShare } from '../../../core/recommend/match/rank-matched.ts';
import { askedIn, DEFAULT_MATCHING } from '../../../core/recommend/matching.ts';
import type { SharedData } from '../../../core/recommend/shared-data.ts';
import { loadDomain } from '../../../lambdas/runtime/kept/domains.ts';
import { catalogItem, NOW, userSignals } from '../recommend/recommend-world.ts';

const definition: HomepageDefinition = {
  heroes: [
    { id: 'all', title: 'All', subtitle: 'Everybody', ctaText: 'Look', ctaTarget: '/' },
    {
      id: 'doc',
      title: 'Your {answer}',
      subtitle: 'A {answer} it is',
      ctaText: 'Call',
      ctaTarget: '/doc',
      when: [
        { about: 'format', is: ['documentary'], weight: 2 },
        { about: 'interest', is: ['documentary'], weight: 1 },
        { about: 'want_consult', is: ['yes'], weight: 0.4 },
      ],
    },
    {
      id: 'power',
      title: 'Again',
      subtitle: 'You',
      ctaText: 'Go',
      ctaTarget: '/p',
      when: [{ about: 'segment', is: ['power_user'], weight: 1 }],
    },
  ],
  sections: {
    featuredProjects: ['project'],
    testimonials: ['testimonial', 'project'],
    services: ['service'],
  },
};

const facts = (given: Partial<HeroFacts>): HeroFacts => ({ ...NO_FACTS, ...given });

describe('the hero', () => {
  it('is the one for everybody where nothing speaks for another', () => {
    expect(chooseHero(definition, NO_FACTS)).toMatchObject({ id: 'all', confidence: 0 });
    const answers = { format: 'opera', want_consult: false };
    expect(chooseHero(definition, facts({ answers })).id).toBe('all');
  });

  it('is the one with the greatest sum, says why, and names the answer', () => {
    const segments = [{ name: 'power_user', confidence: 0.5 }];
    expect(chooseHero(definition, facts({ segments }))).toMatchObject({
      id: 'power',
      confidence: 0.5,
      matchReason: 'For users like you (power user)',
    });
    const answers = { format: 'Documentary, perhaps', want_consult: true };
    const hero = chooseHero(definition, facts({ segments, answers }));
    expect(hero).toMatchObject({
      id: 'doc',
      title: 'Your Documentary, perhaps',
      matchReason: 'You are planning: Documentary, perhaps',
    });
    expect(hero.confidence).toBeCloseTo(2.4 / (2.4 + 0.5 + 0.5), 10);
  });

  it('follows contents that were chosen, more of them more', () => {
    const chosen = (count: number) =>
      Array.from({ length: count }, (_, n) => catalogItem(`d${n}`, { genres: ['documentary'] }));
    const segments = [{ name: 'power_user', confidence: 0.7 }];
    expect(chooseHero(definition, facts({ segments, chosen: chosen(1) })).id).toBe('power');
    expect(chooseHero(definition, facts({ segments, chosen: chosen(3) })).id).toBe('doc');
  });

  it('takes any answer, however long, into its texts and no further', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (text) => {
        const format = `documentary ${text}`;
        const hero = chooseHero(definition, facts({ answers: { format } }));
        expect(hero.id).toBe('doc');
        expect([...hero.title].length).toBeLessThanOrEqual(65);
      }),
      { seed: 83 },
    );
  });

  it('is that of an arm, or has its texts, and stays where the arm names none that there is', () => {
    const hero = chooseHero(definition, NO_FACTS);
    expect(heroUnder(definition, hero, { option: 'power', reason: 'r' })).toMatchObject({
      id: 'power',
      matchReason: 'r',
    });
    expect(heroUnder(definition, hero, { option: { title: 'New' }, reason: 'r' })).toMatchObject({
      id: 'all',
      title: 'New',
    });
    expect(heroUnder(definition, hero, { option: 'unknown', reason: 'r' })).toEqual(hero);
  });
});

const TYPES = ['project', 'testimonial', 'service', 'article'];

const items = (count: number): CatalogItem[] =>
  Array.from({ length: count }, (_, n) =>
    catalogItem(`item-${n}`, {
      type: TYPES[n % TYPES.length] as string,
      format: n % 3 === 0 ? 'documentary' : 'brand film',
      genres: n % 2 === 0 ? ['drama'] : [],
      budget: { min: 1_000 * (n + 1), max: 2_000 * (n + 1) },
    }),
  );

const sharedOf = (all: readonly CatalogItem[]): SharedData => ({
  catalogue: catalogueOf(new Map(all.map((item) => [item.itemId, item])), '2026-01-01T00:00:00Z'),
  model: undefined,
  rankings: new Map([
    [
      'popular',
      {
        generatedAt: NOW,
        items: all.slice(0, 5).map(({ itemId }, n) => ({ itemId, score: 1 - n / 10, count: 30 })),
      },
    ],
  ]),
});

const asked = askedIn({ format: 'documentary', budget: '4-8k' }, DEFAULT_MATCHING, NOW);

describe('the sections', () => {
  it('hold contents of their types, none twice, none that was dismissed, and each with a reason', () => {
    const number = fc.nat({ max: 60 });
    fc.assert(
      fc.property(number, fc.boolean(), fc.array(number, { maxLength: 20 }), (count, answered, dismissed) => {
        const gone = new Set(dismissed.map((n) => `item-${n}`));
        const user = userSignals({ dismissed: (itemId: string) => gone.has(itemId) });
        const shared = sharedOf(items(count));
        const sections = rankSections({
          definition,
          shared,
          user,
          neighbours: new Map(),
          asked: answered ? asked : undefined,
          now: NOW,
        });
        const shown = SECTIONS.flatMap((section) => sections[section]);
        expect(new Set(shown.map(({ itemId }) => itemId)).size).toBe(shown.length);
        for (const { itemId, reason, score, confidence, scores } of shown) {
          expect(gone.has(itemId)).toBe(false);
          expect(reason).not.toBe('');
          expect(Object.values(scores).reduce((sum, part) => sum + (part ?? 0), 0)).toBeCloseTo(score, 6);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
        for (const section of SECTIONS)
          for (const { item } of sections[section]) expect(definition.sections[section]).toContain(item.type);
      }),
      { seed: 84, numRuns: 60 },
    );
  });

  it('put first what fits the answers, and later what the user does', () => {
    const shared = sharedOf(items(40));
    const ask = { definition, shared, neighbours: new Map(), asked, now: NOW };
    const [first] = rankSections({ ...ask, user: userSignals() }).featuredProjects;
    expect(first?.item.format).toBe('documentary');
    expect(first?.reason).toMatch(/The same format \(documentary\)/);
    expect(first?.scores.matching).toBeGreaterThan(0);
    expect([matchingShare(0), matchingShare(20)]).toEqual([0.7, 0.5]);
    expect(matchingShare(1e6)).toBeCloseTo(0.3, 3);
    const [popular] = rankSections({ ...ask, asked: undefined, user: userSignals() }).featuredProjects;
    expect(popular?.scores.matching).toBeUndefined();
  });
});

describe('a kept page', () => {
  const shared = sharedOf(items(40));
  const user = anybody();
  const made = {
    hero: chooseHero(definition, NO_FACTS),
    sections: rankSections({ definition, shared, user, neighbours: new Map(), asked: undefined, now: NOW }),
  };
  const kept = toKept(made, {
    domain: 'film',
    modelVersion: 0,
    profileVersion: 0,
    behaviourSeq: 0,
    catalogueAt: '',
    computedAt: NOW,
    precomputed: true,
  });
  const fresh = { domain: 'film', shared, user, now: NOW };

  it('is the page again, until its time is over or something of it is gone', () => {
    const again = freshSharedPage(JSON.parse(JSON.stringify(kept)), fresh);
    expect(again?.sections.services.map(({ itemId }) => itemId)).toEqual(
      made.sections.services.map(({ itemId }) => itemId),
    );
    expect(freshSharedPage(kept, { ...fresh, now: NOW + PAGE_TTL_MS })).toBeUndefined();
    expect(freshSharedPage(kept, { ...fresh, domain: 'saas' })).toBeUndefined();
    expect(freshSharedPage(kept, { ...fresh, shared: sharedOf(items(2)) })).toBeUndefined();
    expect(freshSharedPage(undefined, fresh)).toBeUndefined();
    expect(EVERYBODY).toBe('everybody');
  });

  it('of a user is made anew by a new answer, another model and, with realtime, by anything that the user does', () => {
    const loaded = { profile: { ...newProfile('ada', NOW), version: 2 }, journal: { ...emptyState, seq: 7 } };
    const own = { ...kept, profileVersion: 2, behaviourSeq: 7 };
    const ask = { ...fresh, user: userSignals(), realtime: true };
    expect(freshPage(own, loaded, ask)).toBeDefined();
    expect(freshPage({ ...own, profileVersion: 1 }, loaded, { ...ask, realtime: false })).toBeUndefined();
    expect(freshPage({ ...own, modelVersion: 1 }, loaded, ask)).toBeUndefined();
    expect(freshPage({ ...own, behaviourSeq: 6 }, loaded, ask)).toBeUndefined();
    expect(freshPage({ ...own, behaviourSeq: 6 }, loaded, { ...ask, realtime: false })).toBeDefined();
    const [shown] = made.sections.services;
    const dismissing = userSignals({ dismissed: (itemId: string) => itemId === shown?.itemId });
    expect(freshPage(own, loaded, { ...ask, user: dismissing, realtime: false })).toBeUndefined();
    expect(freshPage(own, loaded, { ...ask, user: anybody() })).toBeUndefined();
  });

  it('with an empty section is made anew once the catalogue changed, and says the same until then', () => {
    const empty = { ...kept, sections: { ...kept.sections, services: [] }, catalogueAt: '2026-11-20' };
    const at = (changedAt: string) => ({
      ...fresh,
      shared: { ...shared, catalogue: { ...shared.catalogue, changedAt } },
    });
    for (const changedAt of ['', '2026-11-19', '2026-11-20'])
      expect(freshSharedPage(empty, at(changedAt))).toBeDefined();
    expect(freshSharedPage(empty, at('2026-11-21'))).toBeUndefined();
    expect(freshSharedPage({ ...kept, catalogueAt: '2026-11-20' }, at('2026-11-21'))).toBeDefined();
    const shown = (page: { hero: { confidence: number } } | undefined) =>
      page && shownScore(page.hero.confidence);
    const sure = { ...made, hero: { ...made.hero, confidence: 15 / 17 } };
    expect(shown(freshSharedPage(toKept(sure, kept), fresh))).toBe(shown(sure));
  });

  it('leaves a trace that gets shorter step by step and keeps its hero', () => {
    let trace = homepageTraceOf({
      page: made,
      domain: 'film',
      source: 'computed',
      model: 0,
      segments: [],
      arms: [],
    });
    const { digest } = trace;
    for (let steps = 0; steps < 100; steps += 1) {
      const shorter = shorterHomepageTrace(trace);
      if (!shorter) break;
      expect(JSON.stringify(shorter).length).toBeLessThanOrEqual(JSON.stringify(trace).length);
      trace = shorter;
    }
    expect(trace).toMatchObject({
      kind: 'homepage',
      digest,
      items: [],
      hero: ['all', expect.any(String), 0],
    });
  });
});

describe('the data of a homepage', () => {
  const film = loadDomain('film');
  const faultsWith = (homepage: Partial<HomepageDefinition>): string[] =>
    homepageFaults({
      ...film,
      homepage: { ...(film.homepage as HomepageDefinition), ...homepage },
    } as Domain).map(({ path, message }) => `${path}: ${message}`);

  it('of the film product has no fault', () => {
    expect(faultsWith({})).toEqual([]);
  });

  it('matches by weights that add up to 1 and a base that is 1', () => {
    expect(matchingFaults(film)).toEqual([]);
    const { weights, currency } = DEFAULT_MATCHING;
    const faults = matchingFaults({
      matching: { weights: { ...weights, format: 0.5 }, currency: { ...currency, base: 'SEK' } },
    });
    expect(faults.map(({ path }) => path)).toEqual(['weights', 'currency.rates.SEK']);
  });

  it('is refused with heroes twice, none for everybody, an answer of nobody, sections of unknown types', () => {
    const [all, doc] = definition.heroes as [
      HomepageDefinition['heroes'][0],
      HomepageDefinition['heroes'][0],
    ];
    expect(faultsWith({ heroes: [all, all] }).join()).toMatch(/heroes\.1\.id.*already/);
    expect(faultsWith({ heroes: [doc] }).join()).toMatch(/for everybody/);
    expect(faultsWith({ heroes: [{ ...all, title: '{answer}' }] }).join()).toMatch(/heroes\.0\.title/);
    const sections = { featuredProjects: ['novel'], testimonials: [], services: [] };
    expect(faultsWith({ sections }).join()).toMatch(/sections\.featuredProjects\.0.*novel/);
  });
});
