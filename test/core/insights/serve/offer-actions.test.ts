import { describe, expect, it } from '@jest/globals';
import type { Offers } from '../../../../core/actions/types.ts';
import { noOffers } from '../../../../core/actions/types.ts';
import { actionsFor, keepOffers } from '../../../../core/insights/serve/offer-actions.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { newProfile } from '../../../../core/profile/stored-profile.ts';
import { aDomain, aFact, anAction, aSheet } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const offering = {
  userId: 'ada',
  domain: aDomain({ actions: ['a', 'b', 'c'].map((id) => anAction({ id })) }),
  known: {
    personalised: true,
    ai: true,
    profile: newProfile('ada', NOON),
    behaviour: emptyBehaviour(),
    sheet: aSheet([aFact('unknown1', 'unknown')]),
    dismissed: [],
    done: [],
  },
  now: NOON,
};

/** Somebody else is first, so many times, and remembers `theirs`. */
const contested = (times: number, theirs: Offers['actions']) => {
  let left = times;
  let kept: Offers = noOffers;
  return {
    kept: () => kept,
    get: async () => kept,
    put: async (_: string, offers: Offers) => {
      const won = left <= 0;
      kept = won ? offers : { version: kept.version + 1, actions: theirs };
      left -= 1;
      return won;
    },
    remove: async () => {},
  };
};
const standing = { at: NOON - 1, times: [NOON - 1], offered: 1, taken: 0, doneBefore: 0 };
const shown = async (store: ReturnType<typeof contested>) =>
  keepOffers(store, offering, actionsFor(offering, noOffers));

describe('what is offered', () => {
  it('is what is remembered, also where somebody else was first twice', async () => {
    const store = contested(2, {});
    const { offered } = await shown(store);
    expect(Object.keys(store.kept().actions).sort()).toEqual(
      offered.map(({ action }) => `real-estate/${action}`).sort(),
    );
    expect(offered).toHaveLength(3);
  });

  it('has nothing new where others keep being first, so that its cooldown holds', async () => {
    const { offered } = await shown(contested(9, { 'real-estate/b': standing }));
    expect(offered.map(({ action }) => action)).toEqual(['b']);
    const nothing = await shown(contested(9, {}));
    expect(nothing.offered).toEqual([]);
    expect(nothing.reason).toMatch(/on another page/);
  });
});
