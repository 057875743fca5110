import { describe, expect, it } from '@jest/globals';
import { type ActionsAsk, chooseActions } from '../../../core/actions/choose-actions.ts';
import { dismissedActions } from '../../../core/actions/dismissals.ts';
import { doneLately } from '../../../core/actions/settle-offer.ts';
import { type ActionOffers, noOffers, offerKey } from '../../../core/actions/types.ts';
import type { ActionDefinition } from '../../../core/domains/types.ts';
import type { Fact } from '../../../core/insights/facts/types.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { aDomain, aFact, anAction, aSheet } from '../../support/insights.ts';
import { NOON } from '../../support/interactions.ts';
import { behaviourOf, counting } from './behaviours.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Given = Partial<Omit<ActionsAsk, 'domain' | 'sheet'>> & { facts?: Fact[] };

const choose = (actions: ActionDefinition[], { facts = [], ...given }: Given = {}) =>
  chooseActions({
    domain: aDomain({ actions }),
    sheet: aSheet(facts),
    behaviour: emptyBehaviour(),
    offers: noOffers,
    now: NOON,
    limit: 3,
    ...given,
  });
const ids = (...args: Parameters<typeof choose>) => choose(...args).offered.map(({ action }) => action);

const offersOf = (id: string, given: Partial<ActionOffers>) => ({
  version: 4,
  actions: {
    [offerKey('real-estate', id)]: { at: NOON, times: [NOON], offered: 1, taken: 0, doneBefore: 0, ...given },
  },
});

const goal = (pace: string, metric = 'publish') =>
  aFact('goal1', 'goal', { title: 'Five listings', pace, metric }, `Goal "Five listings": 3 of 5, ${pace}`);

const call = anAction({ id: 'call' });

describe('next best actions', () => {
  it('offer a newcomer what is worth most, with a reason and an end', () => {
    const actions = [anAction({ id: 'small', value: 10 }), anAction({ id: 'big', value: 90, validHours: 6 })];
    const { offered, offers, changed } = choose(actions, { facts: [aFact('unknown1', 'unknown')] });
    expect(offered.map(({ action }) => action)).toEqual(['big', 'small']);
    expect(offered[0]).toEqual({
      action: 'big',
      title: 'Do big',
      description: 'What big is good for.',
      target: '/big',
      probability: 0.05,
      expectedValue: 4.5,
      expiresAt: NOON + 6 * HOUR,
      reason: 'You have not done this yet',
      facts: [],
    });
    expect(changed).toBe(true);
    expect(offers.actions['real-estate/big']).toEqual({
      at: NOON,
      times: [NOON],
      offered: 1,
      taken: 0,
      doneBefore: 0,
    });
    expect(offers.version).toBe(0);
  });

  it('show the same list on a reload, as one exposure', () => {
    const first = choose([call]);
    const again = choose([call], { offers: first.offers, now: NOON + HOUR });
    expect(again.offered).toEqual(first.offered);
    expect(again.changed).toBe(false);
    expect(again.offers).toBe(first.offers);
  });

  it('offer what the facts call for, and nothing that they speak against', () => {
    const streak = aFact('streak1', 'streak', { days: 4, today: 'no' }, 'A streak of 4 days.');
    const keep = anAction({
      id: 'keep',
      when: [{ kind: 'streak', where: { today: 'no' } }],
      unless: [{ kind: 'churn', where: { risk: 'high' } }],
    });
    expect(ids([keep])).toEqual([]);
    const { offered } = choose([keep], { facts: [streak] });
    expect(offered[0]).toMatchObject({
      facts: ['streak1'],
      reason: 'A streak of 4 days; you have not done this yet',
    });
    expect(ids([keep], { facts: [streak, aFact('churn1', 'churn', { risk: 'high' })] })).toEqual([]);
  });

  it('give no reason of the mere fact that something was done before', () => {
    const facts = [aFact('activity1', 'activity', { trend: 'away' }, 'Nothing for a week.')];
    const reasonOf = (where?: { trend: string }) =>
      choose([anAction({ id: 'call', when: [{ kind: 'activity', ...(where && { where }) }] })], { facts })
        .offered[0];
    expect(reasonOf()).toMatchObject({ facts: ['activity1'], reason: 'You have not done this yet' });
    expect(reasonOf({ trend: 'away' })?.reason).toBe('Nothing for a week; you have not done this yet');
  });

  it('put an open goal above habits, the more it presses', () => {
    const actions = [anAction({ id: 'habit' }), anAction({ id: 'publish', value: 40, serves: ['Publish'] })];
    const behaviour = behaviourOf(
      ...Array.from({ length: 8 }, (_, i) => ({ type: 'habit', occurredAt: NOON - i * HOUR })),
    );
    const valueAt = (pace: string) =>
      choose(actions, { facts: [goal(pace)], behaviour }).offered.find(({ action }) => action === 'publish')!;
    const paces = ['done', 'ahead', 'on track', 'behind', 'overdue'].map(
      (pace) => valueAt(pace).expectedValue,
    );
    expect(paces).toEqual(paces.toSorted((a, b) => a - b));
    expect(new Set(paces).size).toBe(5);
    expect(valueAt('open').expectedValue).toBe(valueAt('on track').expectedValue);
    expect(valueAt('behind')).toMatchObject({ serves: 'Five listings', facts: ['goal1'] });
    expect(valueAt('behind').reason).toBe(
      'Serves your goal "Five listings": 3 of 5, behind; you have not done this yet',
    );
    expect(valueAt('done').serves).toBeUndefined();
    expect(choose(actions, { facts: [goal('behind', 'sell')] }).offered[0]?.serves).toBeUndefined();
  });

  it('tell what is likely next, and what was done so far', () => {
    const behaviour = behaviourOf(
      { type: 'call', occurredAt: NOON - 25 * HOUR },
      { type: 'call', occurredAt: NOON - 24 * HOUR },
    );
    const facts = [aFact('next1', 'next', { action: 'call', percent: 60 }, 'Likely next: call (60 %)')];
    expect(choose([call], { behaviour, facts }).offered[0]).toMatchObject({
      reason: 'Likely next: call (60 %); you did this 2 times so far',
      facts: ['next1'],
    });
    const offers = offersOf('call', { endedAt: NOON - 9 * DAY, offered: 3, taken: 2 });
    expect(choose([call], { behaviour, offers }).offered[0]?.reason).toBe('Taken up in 2 of 3 offers');
  });

  it('end an offer when it was done, and rest for the cooldown from then on', () => {
    const { offers } = choose([call]);
    const behaviour = behaviourOf({ type: 'call', occurredAt: NOON + HOUR });
    const done = choose([call], { offers, behaviour, now: NOON + 2 * HOUR });
    expect(done).toMatchObject({ offered: [], changed: true });
    expect(done.reason).toBe(
      'The only action that fits was offered, done or dismissed lately; the next may be offered from 2026-11-22 14:00 UTC',
    );
    expect(done.offers.actions['real-estate/call']).toMatchObject({
      endedAt: NOON + 2 * HOUR,
      taken: 1,
      offered: 1,
    });
    const later = { offers: done.offers, behaviour };
    expect(ids([call], { ...later, now: NOON + 26 * HOUR - 1 })).toEqual([]);
    expect(ids([call], { ...later, now: NOON + 26 * HOUR })).toEqual(['call']);
  });

  it('are not what was done within the cooldown, offered before or never', () => {
    const booked = { type: 'call', occurredAt: NOON - 3 * HOUR };
    const behaviour = behaviourOf(booked);
    expect(choose([call], { behaviour })).toMatchObject({
      offered: [],
      changed: false,
      reason: expect.stringContaining('may be offered from 2026-11-22 09:00 UTC'),
    });
    expect(ids([call], { behaviour, now: NOON + 21 * HOUR - 1 })).toEqual([]);
    expect(ids([call], { behaviour, now: NOON + 21 * HOUR })).toEqual(['call']);
    const ended = offersOf('call', { at: NOON - 9 * DAY, endedAt: NOON - 8 * DAY });
    expect(ids([call], { behaviour, offers: ended })).toEqual([]);
    expect(ids([call], { behaviour: behaviourOf({ ...booked, type: 'view' }) })).toEqual(['call']);
    const domain = aDomain({ actions: [call, anAction({ id: 'other' })] });
    expect(doneLately(behaviour, domain, NOON)).toEqual(['call']);
    expect(doneLately(behaviour, domain, NOON + 21 * HOUR)).toEqual([]);
  });

  it('go when it is told late that they were done before they were offered, and rest from then on', () => {
    const review = anAction({ id: 'review', doneBy: { type: 'review', contentType: 'cut' } });
    const { offers } = choose([review]);
    const behaviour = behaviourOf({ type: 'review', contentType: 'cut', occurredAt: NOON - 2 * HOUR });
    const told = choose([review], { offers, behaviour, now: NOON + HOUR });
    expect(told.offered).toEqual([]);
    expect(told.offers.actions['real-estate/review']).toMatchObject({ endedAt: NOON, offered: 0, taken: 0 });
    expect(ids([review], { offers: told.offers, behaviour, now: NOON + DAY })).toEqual(['review']);
  });

  it('end an offer with its window, however late that is noticed', () => {
    const { offers } = choose([call]);
    const ended = choose([call], { offers, now: NOON + 20 * HOUR });
    expect(ended.offers.actions['real-estate/call']).toMatchObject({
      endedAt: NOON + 8 * HOUR,
      offered: 1,
      taken: 0,
    });
    const again = choose([call], { offers, now: NOON + 32 * HOUR });
    expect(again.offered[0]?.expiresAt).toBe(NOON + 40 * HOUR);
    expect(again.offers.actions['real-estate/call']).toMatchObject({ at: NOON + 32 * HOUR, offered: 2 });
  });

  it('end an offer when it was dismissed, also after its window', () => {
    const { offers } = choose([call]);
    const dismissal = { type: 'dismiss', contentType: 'action', contentId: 'call' };
    const soon = behaviourOf({ ...dismissal, occurredAt: NOON + HOUR });
    expect(
      choose([call], { offers, behaviour: soon, now: NOON + 2 * HOUR }).offers.actions['real-estate/call'],
    ).toMatchObject({
      endedAt: NOON + HOUR,
      taken: 0,
    });
    const late = behaviourOf({ ...dismissal, type: 'dismissed', occurredAt: NOON + 20 * HOUR });
    expect(ids([call], { offers, behaviour: late, now: NOON + 43 * HOUR })).toEqual([]);
    expect(ids([call], { offers, behaviour: late, now: NOON + 44 * HOUR })).toEqual(['call']);
    expect(dismissedActions(late, aDomain({ actions: [call] }), NOON + 43 * HOUR)).toEqual(['call']);
    expect(dismissedActions(late, aDomain({ actions: [call] }), NOON + 44 * HOUR)).toEqual([]);
  });

  it('remember the dismissal of what was never offered here', () => {
    const behaviour = behaviourOf({
      type: 'dismiss',
      contentType: 'action',
      contentId: 'call',
      occurredAt: NOON,
    });
    const first = choose([call], { behaviour, now: NOON + HOUR });
    expect(first).toMatchObject({ offered: [], changed: true });
    const forgotten = { offers: first.offers, now: NOON + 23 * HOUR };
    expect(ids([call], forgotten)).toEqual([]);
    expect(
      choose([call], { ...forgotten, now: NOON + DAY }).offers.actions['real-estate/call'],
    ).toMatchObject({
      offered: 1,
    });
    const other = behaviourOf({
      type: 'dismiss',
      contentType: 'course',
      contentId: 'call',
      occurredAt: NOON,
    });
    expect(ids([call], { behaviour: other })).toEqual(['call']);
  });

  it('withdraw an offer whose facts no longer hold, and do not count it against the action', () => {
    const keep = anAction({ id: 'keep', when: [{ kind: 'streak' }] });
    const facts = [aFact('streak1', 'streak', { days: 2 })];
    const { offers } = choose([keep], { facts });
    const gone = choose([keep], { offers, now: NOON + HOUR });
    expect(gone.reason).toBe('No action of Real estate fits what is known of this user now');
    expect(gone.offers.actions['real-estate/keep']).toMatchObject({ endedAt: NOON + HOUR, offered: 0 });
    expect(ids([keep], { facts, offers: gone.offers, now: NOON + 24 * HOUR })).toEqual([]);
    expect(ids([keep], { facts, offers: gone.offers, now: NOON + 25 * HOUR })).toEqual(['keep']);
  });

  it('keep to the cap within its days', () => {
    const capped = anAction({ id: 'call', cap: { times: 2, days: 7 }, cooldownHours: 1 });
    const times = [NOON - DAY, NOON - 3 * DAY];
    const offers = offersOf('call', { at: NOON - DAY, endedAt: NOON - DAY + HOUR, times });
    expect(choose([capped], { offers })).toMatchObject({
      offered: [],
      reason:
        'The only action that fits was offered, done or dismissed lately; the next may be offered from 2026-11-25 12:00 UTC',
    });
    expect(ids([capped], { offers, now: NOON + 4 * DAY - 1 })).toEqual([]);
    const { offers: kept, offered } = choose([capped], { offers, now: NOON + 4 * DAY });
    expect(offered).toHaveLength(1);
    expect(kept.actions['real-estate/call']?.times).toEqual([NOON + 4 * DAY, NOON - DAY]);
  });

  it('never offer what is over: the last day ends in the zone of the user', () => {
    const over = anAction({ id: 'call', until: '2026-11-21', validHours: 48 });
    const end = Date.UTC(2026, 10, 22);
    expect(choose([over]).offered[0]?.expiresAt).toBe(end);
    expect(ids([over], { now: end })).toEqual([]);
    const profile = { timezone: 'America/Los_Angeles' };
    expect(choose([over], { profile, now: end }).offered[0]?.expiresAt).toBe(end + 8 * HOUR);
    expect(ids([over], { profile, now: end + 8 * HOUR })).toEqual([]);
    const { offers } = choose([over]);
    expect(choose([over], { offers, now: end + HOUR }).offers.actions['real-estate/call']?.endedAt).toBe(end);
  });

  it('let an offer that stands give way only to what is worth a quarter more', () => {
    const old = anAction({ id: 'old', value: 80 });
    const { offers } = choose([old], { limit: 1 });
    const against = (value: number) =>
      ids([anAction({ id: 'new', value }), old], { offers, limit: 1, now: NOON + HOUR });
    expect(against(99)).toEqual(['old']);
    expect(against(101)).toEqual(['new']);
    expect(ids([anAction({ id: 'new', value: 99 }), old], { offers, limit: 2 })).toEqual(['new', 'old']);
  });

  it('keep their place among equals on a reload, those that stand first', () => {
    const [one, two] = [anAction({ id: 'one' }), anAction({ id: 'two' })];
    const { offers } = choose([two]);
    const both = choose([one, two], { offers, now: NOON + HOUR });
    expect(both.offered.map(({ action }) => action)).toEqual(['two', 'one']);
    expect(ids([one, two], { offers: both.offers, now: NOON + 2 * HOUR })).toEqual(['two', 'one']);
    expect(ids([one, two])).toEqual(['one', 'two']);
  });

  it('say when nothing was asked for or the domain has nothing', () => {
    expect(choose([call], { limit: 0 })).toMatchObject({
      offered: [],
      changed: false,
      reason: 'No action was asked for',
    });
    expect(choose([]).reason).toMatch(/No action of Real estate fits/);
  });

  it('hold against counts that fall, clocks that run backwards, and actions of other domains', () => {
    const offers = offersOf('call', { doneBefore: 7 });
    const fallen = choose([call], {
      offers,
      behaviour: behaviourOf({ type: 'call', occurredAt: NOON - DAY }),
    });
    expect(fallen.offers.actions['real-estate/call']).toMatchObject({ doneBefore: 1, taken: 0 });
    expect(fallen.offered).toHaveLength(1);
    const back = choose([call], { offers: offersOf('call', {}), now: NOON - DAY });
    expect(back).toMatchObject({ changed: false, offered: [{ action: 'call' }] });
    const elsewhere = choose([call], { offers: offersOf('publish-film', {}) });
    expect(elsewhere.offers.actions['real-estate/publish-film']).toMatchObject({ offered: 1 });
    const yearsLater = choose([call], { offers: offersOf('publish-film', {}), now: NOON + 500 * DAY });
    expect(Object.keys(yearsLater.offers.actions)).toEqual(['real-estate/call']);
  });

  it('are remembered by domain: another product may offer an action of the same name at once', () => {
    const offers = {
      version: 2,
      actions: { 'film/call': offersOf('call', { endedAt: NOON }).actions['real-estate/call']! },
    };
    const here = choose([call], { offers });
    expect(here.offered.map(({ action }) => action)).toEqual(['call']);
    expect(Object.keys(here.offers.actions).sort()).toEqual(['film/call', 'real-estate/call']);
  });

  it('that were remembered without their domain keep their cooldown', () => {
    const old = { at: NOON - HOUR, endedAt: NOON, times: [NOON - HOUR], offered: 1, taken: 0, doneBefore: 0 };
    const offers = { version: 2, actions: { call: old } };
    expect(ids([call], { offers, now: NOON + 24 * HOUR - 1 })).toEqual([]);
    const later = choose([call], { offers, now: NOON + 24 * HOUR });
    expect(later.offers.actions).toMatchObject({ call: old, 'real-estate/call': { offered: 2 } });
  });

  it('take the same facts for the same list, whatever the order of what was remembered', () => {
    const actions = Array.from({ length: 30 }, (_, i) => anAction({ id: `a${i}`, value: 1 + (i % 7) }));
    const behaviour = counting(emptyBehaviour(), { type: 'a3', occurredAt: NOON - HOUR });
    const first = choose(actions, { behaviour, limit: 10 });
    const reversed = {
      version: 1,
      actions: Object.fromEntries(Object.entries(first.offers.actions).reverse()),
    };
    expect(choose(actions, { behaviour, limit: 10, offers: reversed }).offered).toEqual(first.offered);
  });
});
