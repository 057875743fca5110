import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Invalid } from '../../../core/errors.ts';
import { learnPreferences } from '../../../core/profile/change/learn-preferences.ts';
import { mergePatch } from '../../../core/profile/change/merge-patch.ts';
import { applyLearner, applyMarketFocus, applyUpdate } from '../../../core/profile/change/update-profile.ts';
import { interestTerms } from '../../../core/profile/fold/interest-terms.ts';
import {
  allowsPersonalisation,
  newProfile,
  type StoredProfile,
} from '../../../core/profile/stored-profile.ts';
import { applyQuestionnaire } from '../../../core/questionnaire/apply-questionnaire.ts';

const ada = newProfile('ada', 1000);
const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {} : { a: deep(levels - 1) });

describe('merge patch', () => {
  // the examples of RFC 7396, appendix A, that have objects on both sides
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j gives %j', (target, patch, result) => {
    expect(mergePatch(target, patch, 'attributes')).toEqual(result);
  });

  it.each([
    '{"__proto__": {"admin": true}}',
    '{"a": {"constructor": {"prototype": {"admin": true}}}}',
    '{"a": [{"prototype": 1}]}',
  ])('refuses %s and names the key', (json) => {
    expect(() => mergePatch({}, JSON.parse(json), 'attributes')).toThrow(Invalid);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('never reaches a prototype, whatever the patch', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (patch) => {
        try {
          const merged = mergePatch({ kept: 1 }, patch as Record<string, unknown>, 'attributes');
          expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
        } catch (error) {
          expect(error).toBeInstanceOf(Invalid);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('refuses what is nested too deeply instead of exhausting the stack', () => {
    expect(mergePatch({}, deep(8), 'attributes')).toEqual(deep(8));
    expect(() => mergePatch({}, deep(10), 'attributes')).toThrow(Invalid);
    expect(() => mergePatch({}, deep(5_000), 'attributes')).toThrow(Invalid);
  });
});

describe('changes to a profile', () => {
  it('merge, and leave the given profile, its version and other parts alone', () => {
    const before = applyUpdate(
      ada,
      { attributes: { plan: 'pro', seats: 2 }, preferences: { theme: 'dark' } },
      2000,
    );
    const after = applyUpdate(before, { attributes: { seats: null, city: 'Delft' } }, 3000);
    expect(after.attributes).toEqual({ plan: 'pro', city: 'Delft' });
    expect(after.preferences).toEqual({ theme: 'dark' });
    expect([before.updatedAt, after.updatedAt, after.createdAt, after.version]).toEqual([
      2000, 3000, 1000, 0,
    ]);
    expect(before.attributes).toEqual({ plan: 'pro', seats: 2 });
  });

  it('are refused where they would grow without end, name no time zone, or forge what was learned', () => {
    const half = applyUpdate(ada, { attributes: { text: 'x'.repeat(40_000) } }, 1);
    expect(() => applyUpdate(half, { preferences: { text: 'y'.repeat(40_000) } }, 2)).toThrow(Invalid);
    expect(() => applyUpdate(ada, { timezone: 'Mars/Olympus' }, 1)).toThrow(Invalid);
    expect(applyUpdate(ada, { timezone: 'Asia/Kolkata' }, 1).timezone).toBe('Asia/Kolkata');
    expect(() => applyUpdate(ada, { preferences: { learned: { features: 'x' } } }, 1)).toThrow(Invalid);
  });

  it('keep learner fields that are not given again', () => {
    const first = applyLearner(ada, { age: 29, interests: ['design'], experienceLevel: 'beginner' }, 2);
    const second = applyLearner(first, { interests: ['rust'], age: undefined }, 3);
    expect(second.learner).toEqual({
      age: 29,
      experienceLevel: 'beginner',
      interests: ['rust'],
      careerGoals: [],
      learningObjectives: [],
    });
  });

  it('add questionnaire answers up', () => {
    const first = applyQuestionnaire(
      ada,
      { timeline: 'spring', materials: ['photos'], want_consult: false },
      2,
    );
    expect(first.questionnaire).toMatchObject({ answeredAt: 2, data: { want_consult: false } });
    const second = applyQuestionnaire(first, { budget: { min: 1000 }, logline: ' ', excited_parts: [] }, 3);
    expect(second.questionnaire?.score).toBeGreaterThan(first.questionnaire?.score ?? 0);
    expect(second.questionnaire?.data.timeline).toBe('spring');
  });

  it('name each market once', () => {
    expect(applyMarketFocus(ada, ['Noord', 'Zuid', 'Noord'], 2).marketFocus).toEqual(['Noord', 'Zuid']);
  });
});

describe('consent', () => {
  const withPrivacy = (changes: Partial<StoredProfile['privacy']>) => ({
    privacy: { ...ada.privacy, ...changes },
  });
  it.each([
    [true, {}],
    [true, { level: 'permissive' as const }],
    [false, { level: 'strict' as const }],
    [false, { optOut: true }],
    [false, { consents: { analytics: true, personalization: false, ai: true } }],
  ])('personalises: %s for %j', (allowed, changes) => {
    expect(allowsPersonalisation(withPrivacy(changes))).toBe(allowed);
  });
});

describe('learning preferences', () => {
  const project = { visualStyle: 'cinematic', category: 'product', duration: 45 };
  const data = {
    actions: [{ type: 'click', feature: 'captions' }, { type: 'scroll' }],
    projects: [project, { ...project, duration: 75 }, { visualStyle: 'minimal', category: 'product' }],
    feedback: [
      { sentiment: 'positive' as const, aspect: 'pacing' },
      { sentiment: 'negative' as const, aspect: 'music' },
      { sentiment: 'neutral' as const, aspect: 'voice' },
      { sentiment: 'negative' as const, type: 'template' },
    ],
    sessionId: 's-1',
  };

  it('believes a share of n as n / (n + 3)', () => {
    const { learned } = learnPreferences(ada, data, 5);
    expect(learned).toEqual({
      visualStyle: { value: 'cinematic', confidence: 0.333 },
      category: { value: 'product', confidence: 0.5 },
      duration: { value: 60, confidence: 0.4 },
      features: [{ feature: 'captions', count: 1, confidence: 0.25 }],
      likedAspects: [{ aspect: 'pacing', confidence: 0.25 }],
      dislikedAspects: [
        { aspect: 'music', confidence: 0.25 },
        { aspect: 'template', confidence: 0.25 },
      ],
    });
  });

  it('adds calls up, so that confidence grows', () => {
    const once = learnPreferences(ada, data, 5);
    const twice = learnPreferences(JSON.parse(JSON.stringify(once.profile)), data, 6);
    expect(twice.learned.category).toEqual({ value: 'product', confidence: 0.667 });
    expect(twice.learned.duration?.value).toBe(60);
    expect(twice.profile.updatedAt).toBe(6);
  });

  it('learns nothing from nothing, and is not confused by names of object members or foreign data', () => {
    expect(learnPreferences(ada, {}, 5).learned.visualStyle).toBeNull();
    const odd = { ...ada, preferences: { learned: { visualStyles: [['x', 'many'], 7], durations: 'long' } } };
    const { learned } = learnPreferences(
      odd,
      { projects: [{ visualStyle: '__proto__', category: 'constructor' }] },
      5,
    );
    expect(learned.visualStyle).toEqual({ value: '__proto__', confidence: 0.25 });
    expect(learned.duration).toBeNull();
  });

  it('keeps fifty names of a kind, the most frequent', () => {
    const actions = Array.from({ length: 200 }, (_, i) => ({ type: 'use', feature: `f${i % 120}` }));
    const { profile } = learnPreferences(ada, { actions }, 5);
    expect((profile.preferences.learned as { features: [string, number][] }).features).toHaveLength(50);
    expect(
      (profile.preferences.learned as { features: [string, number][] }).features.every(([, n]) => n === 2),
    ).toBe(true);
  });
});

describe('terms of interest', () => {
  it('come from everything that was said, each once, most telling first', () => {
    const said = applyQuestionnaire(
      applyMarketFocus(
        applyLearner(
          ada,
          { interests: ['Design'], careerGoals: ['engineer'], learningObjectives: ['TypeScript'] },
          1,
        ),
        ['Amsterdam-Noord'],
        1,
      ),
      { logline: 'A film about rivers', timeline: 'spring' },
      1,
    );
    const profile: StoredProfile = {
      ...said,
      goals: [{ title: 'Publish', term: 'short', setAt: 1, baseline: 0 }],
      preferences: { topics: ['design', 'rivers', 7], theme: 'dark' },
      attributes: { industry: 'film', email: 'x@example.org' },
    };
    const { profile: learnt } = learnPreferences(profile, { projects: [{ visualStyle: 'noir' }] }, 2);
    expect(interestTerms(learnt)).toEqual([
      'Design',
      'TypeScript',
      'engineer',
      'Amsterdam-Noord',
      'Publish',
      'rivers',
      'noir',
      'A film about rivers',
      'film',
    ]);
  });

  it('are none for an unknown user and at most sixty', () => {
    expect(interestTerms(ada)).toEqual([]);
    const many = applyMarketFocus(
      ada,
      Array.from({ length: 100 }, (_, i) => `m${i}`),
      1,
    );
    expect(interestTerms(many)).toHaveLength(60);
  });
});
