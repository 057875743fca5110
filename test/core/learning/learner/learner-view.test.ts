import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { learnerView as learnerContract } from '../../../../contracts/profile/schemas.ts';
import { learnerView } from '../../../../core/learning/learner/learner-view.ts';
import { learningPace } from '../../../../core/learning/learner/learning-pace.ts';
import { learningStyle } from '../../../../core/learning/learner/learning-style.ts';
import { preferenceVector } from '../../../../core/learning/learner/preference-vector.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { applyLearner } from '../../../../core/profile/change/update-profile.ts';
import { foldInteractions } from '../../../../core/profile/fold/fold-interactions.ts';
import { defaultPrivacy, newProfile } from '../../../../core/profile/stored-profile.ts';
import { profileView } from '../../../../core/profile/view/profile-view.ts';
import { anyHistory, DAY, fold, interaction, MINUTE, NOW, series } from '../../profile/histories.ts';

const ada = newProfile('ada', NOW);
const finished = (count: number, contentType: string) => series(count, { type: 'complete', contentType });

describe('the style of a learner', () => {
  it('is what they say, whatever they do', () => {
    const stated = applyLearner(ada, { learningStyle: 'auditory' }, NOW);
    expect(learningStyle(stated, fold(...finished(30, 'video')))).toMatchObject({
      value: 'auditory',
      source: 'stated',
      confidence: 1,
    });
  });

  it('else shows in what they finish, and says so', () => {
    const style = learningStyle(ada, fold(...finished(8, 'exercise'), ...finished(2, 'video')));
    expect(style).toEqual({
      value: 'kinesthetic',
      source: 'inferred',
      confidence: 0.4,
      reason: 'Finished 8 of type exercise',
    });
  });

  it('is surer with more, and names none where two are even', () => {
    const of = (count: number) => learningStyle(ada, fold(...finished(count, 'podcast'))).confidence;
    expect([of(2), of(6), of(20)].every((confidence, n, all) => n === 0 || confidence > all[n - 1]!)).toBe(
      true,
    );
    expect(learningStyle(ada, fold(...finished(9, 'video'), ...finished(9, 'text')))).toMatchObject({
      value: null,
      source: 'unknown',
    });
    expect(learningStyle(ada, emptyBehaviour())).toMatchObject({ value: null, confidence: 0 });
  });
});

describe('the pace of a learner', () => {
  const steps = (count: number, minutes: number) =>
    series(count, {
      type: 'complete',
      durationMs: minutes * MINUTE,
      context: { topic: 'go', expectedMs: 20 * MINUTE },
    });

  it('is moderate while nothing is known', () => {
    expect(learningPace(ada, emptyBehaviour())).toMatchObject({
      value: 'moderate',
      source: 'unknown',
      factor: 1,
    });
  });

  it('moves from what is stated to what shows', () => {
    const fast = applyLearner(ada, { preferredPace: 'fast' }, NOW);
    const factors = [0, 1, 5, 50].map((count) => learningPace(fast, fold(...steps(count, 40))).factor);
    expect(factors[0]).toBe(0.75);
    expect(factors.every((factor, n) => n === 0 || factor > factors[n - 1]!)).toBe(true);
    expect(factors.at(-1)).toBeCloseTo(1.89, 1);
    expect(learningPace(fast, fold(...steps(50, 40)))).toMatchObject({
      value: 'slow',
      source: 'observed',
      stated: 'fast',
      observed: 2,
      observations: 50,
    });
  });
});

describe('the preference vector', () => {
  it('is the moving average over the recent entries, newest strongest', () => {
    const behaviour = fold(
      interaction({ type: 'complete', contentType: 'video', occurredAt: NOW - 2 * DAY }),
      interaction({ type: 'dislike', contentType: 'podcast', occurredAt: NOW - DAY }),
      interaction({ type: 'complete', contentType: 'video', occurredAt: NOW }),
    );
    expect(preferenceVector(behaviour).contentTypes).toEqual([
      { name: 'video', weight: 0.328 },
      { name: 'podcast', weight: -0.128 },
    ]);
  });

  it('shares topics out by their results, of late', () => {
    const quiz = (topic: string, daysAgo: number) =>
      interaction({ type: 'quiz', value: 5, context: { topic }, occurredAt: NOW - daysAgo * DAY });
    expect(preferenceVector(fold(quiz('old', 60), quiz('new', 0))).topics).toEqual([
      { name: 'new', weight: 0.667 },
      { name: 'old', weight: 0.333 },
    ]);
    expect(preferenceVector(emptyBehaviour())).toEqual({ contentTypes: [], topics: [] });
  });
});

describe('the learner on the profile', () => {
  it('is not there for users who are none', () => {
    const view = profileView({ profile: ada, behaviour: fold(...finished(9, 'video')), now: NOW });
    expect(view.learner).toBeUndefined();
  });

  it('keeps what was stated under the same names', () => {
    const stated = applyLearner(ada, { age: 31, preferredPace: 'slow', interests: ['optics'] }, NOW);
    const view = profileView({ profile: stated, behaviour: emptyBehaviour(), now: NOW });
    expect(view.learner).toMatchObject({ age: 31, preferredPace: 'slow', interests: ['optics'], skills: [] });
  });

  it('reads no behaviour of users who do not allow it', () => {
    const withdrawn = { ...ada, privacy: { ...defaultPrivacy(), optOut: true } };
    const behaviour = fold(...series(3, { type: 'quiz', value: 90, context: { topic: 'go' } }));
    expect(profileView({ profile: withdrawn, behaviour, now: NOW }).learner).toBeUndefined();
    expect(profileView({ profile: ada, behaviour, now: NOW }).learner?.skills).toHaveLength(1);
  });

  it('keeps to the contract for any history', () => {
    fc.assert(
      fc.property(anyHistory(), fc.integer({ min: -50 * DAY, max: 900 * DAY }), (history, later) => {
        const view = learnerView(ada, foldInteractions(emptyBehaviour(), history), NOW + later);
        expect(learnerContract.parse(view)).toEqual(view);
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
