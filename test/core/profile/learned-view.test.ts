import { describe, expect, it } from '@jest/globals';
import { profileView as contractView } from '../../../contracts/profile/schemas.ts';
import type { UserModels } from '../../../core/learn/users/types.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { newProfile, type StoredProfile } from '../../../core/profile/stored-profile.ts';
import { churnOf } from '../../../core/profile/view/churn.ts';
import { learnedView } from '../../../core/profile/view/learned-view.ts';
import { profileView } from '../../../core/profile/view/profile-view.ts';
import { handMadeModels } from '../../support/user-models.ts';
import { DAY, fold, NOW, series } from './histories.ts';

const models = handMadeModels;
const profile = newProfile('ada', NOW - 300 * DAY);
const lively = fold(
  ...series(40, { every: DAY, sessionId: 's', device: 'mobile' }),
  ...series(4, { every: 9 * DAY, type: 'purchase', value: 20 }),
);
const silent = fold(...series(6, { every: 8 * DAY, ago: 60 * DAY, sessionId: 's' }));
const known = { profile, behaviour: lively, now: NOW };

describe('the learned view', () => {
  it('takes churn, lifetime value and segment from the models in service', () => {
    const view = learnedView(known, models);
    expect(view.churn).toMatchObject({ method: 'model', detail: expect.stringMatching(/within 30 days/) });
    expect(view.lifetimeValue).toMatchObject({ method: 'model', horizonDays: 365 });
    expect(view.lifetimeValue.expected).toBeGreaterThan(0);
    expect(view.learnedSegment).toMatchObject({ name: 'lively', method: 'model' });
    // the last interaction was now: recency 0, log-odds -2
    expect(view.churn.risk).toBeCloseTo(0.1192, 4);
    const logOdds = view.churn.factors.reduce((sum, { contribution }) => sum + contribution, 0);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(view.churn.risk, 2);
    // 60 days: log 61 - 2
    expect(learnedView({ ...known, behaviour: silent }, models).churn.risk).toBeCloseTo(0.892, 3);
  });

  it('is what the contract promises', () => {
    const view = profileView({ ...known, models });
    expect(contractView.parse(view)).toEqual(view);
  });

  const withPrivacy = (privacy: Partial<StoredProfile['privacy']>): StoredProfile => ({
    ...profile,
    privacy: { ...profile.privacy, ...privacy },
  });
  const { segments, churn } = models;
  const otherFeatures: UserModels = {
    ...models,
    segments: segments && { ...segments, features: ['something', ...segments.features.slice(1)] },
    churn: churn && { ...churn, logistic: { ...churn.logistic, columns: churn.logistic.columns.slice(1) } },
  };

  it.each<[string, Partial<typeof known>, UserModels | undefined, RegExp]>([
    ['there are no models', {}, undefined, /no model of users is trained yet/],
    ['churn was not trained', {}, { version: 1, trainedAt: 0 }, /no churn model is in service/],
    ['the model reads other features', {}, otherFeatures, /no churn model is in service/],
    ['nothing is known of the user', { behaviour: emptyBehaviour() }, models, /not enough history/],
    ['the user opted out', { profile: withPrivacy({ optOut: true }) }, models, /does not allow/],
    ['the level is strict', { profile: withPrivacy({ level: 'strict' }) }, models, /does not allow/],
  ])('answers churn by its rule, and says why, where %s', (_, given, inService, why) => {
    const asked = { ...known, ...given };
    const view = learnedView(asked, inService);
    expect(view.churn).toMatchObject(churnOf(asked.behaviour, NOW));
    expect(view.churn.detail).toMatch(why);
    expect(view.learnedSegment).toBeUndefined();
  });

  it('answers lifetime value by its rule for who never paid, and for a tally without times', () => {
    const { payments: _, ...untimed } = lively;
    for (const behaviour of [silent, untimed]) {
      const { lifetimeValue } = learnedView({ ...known, behaviour }, models);
      expect(lifetimeValue).toMatchObject({
        method: 'rule',
        detail: expect.stringMatching(/no dated payments$/),
      });
    }
    expect(learnedView({ ...known, behaviour: silent }, models).lifetimeValue.expected).toBeNull();
  });
});
