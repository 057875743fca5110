import { describe, expect, it } from '@jest/globals';
import { factMeaning, statedHash } from '../../../../core/insights/facts/fact-hash.ts';
import type { StoredText, TextState } from '../../../../core/insights/ports.ts';
import type { KnownUser } from '../../../../core/insights/serve/insight-sheet.ts';
import { requestedDomain } from '../../../../core/insights/serve/requested-domain.ts';
import { modelTexts } from '../../../../core/insights/serve/shown-texts.ts';
import { suggestionContext } from '../../../../core/insights/serve/suggestion-context.ts';
import { textChoice } from '../../../../core/insights/serve/text-choice.ts';
import { emptyBehaviour } from '../../../../core/profile/behaviour.ts';
import { newProfile } from '../../../../core/profile/stored-profile.ts';
import { aDomain, aFact, anAction, aSheet } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const known = (given: Partial<KnownUser> = {}): KnownUser => ({
  personalised: true,
  ai: true,
  profile: newProfile('ada', NOON),
  behaviour: emptyBehaviour(),
  sheet: aSheet([goal]),
  dismissed: [],
  done: [],
  ...given,
});
const goal = aFact('goal1', 'goal', { title: 'Publish' });
const gone = aFact('feature1', 'feature', { feature: 'report' });
const claim = (fact: string) => ({
  title: 'Go on',
  description: 'What to do',
  action: 'create-listing',
  priority: 'high' as const,
  facts: [fact],
});
const text: StoredText<'suggestions'> = {
  state: 'written',
  hash: 'now',
  answer: { suggestions: [claim('goal1'), claim('feature1')] },
  says: {},
  means: { goal1: factMeaning(goal), feature1: factMeaning(gone) },
  stated: statedHash([goal]),
  writtenAt: NOON - 1,
  expiresAt: NOON + 1,
  model: 'm',
  tokens: { input: 1, output: 1 },
};
const choose = (state?: TextState, more: { known?: KnownUser; writes?: boolean; now?: number } = {}) =>
  textChoice<'suggestions'>({ known: known(), hash: 'now', state, writes: true, now: NOON, ...more });
const rules = (because: string, wanted = false) => ({ by: 'rules', because, wanted });

describe('who writes', () => {
  it('is the model where at least half of a live text is still so, and tells what is', () => {
    const choice = choose({ ...text, hash: 'before' });
    if (choice.by !== 'model') throw new Error('rules were chosen');
    expect([choice.isSo(['goal1']), choice.isSo(['feature1']), choice.isSo(['goal1', 'feature1'])]).toEqual([
      true,
      false,
      false,
    ]);
    expect(choose(text, { now: NOON + 1 })).toEqual(rules('being written', true));
  });

  it('calls facts by the ids that they have now', () => {
    const moved = known({
      sheet: aSheet([
        { ...gone, id: 'goal1' },
        { ...goal, id: 'goal2' },
      ]),
    });
    const choice = choose({ ...text, hash: 'before' }, { known: moved });
    if (choice.by !== 'model') throw new Error('rules were chosen');
    expect(['goal1', 'feature1', 'other1'].map(choice.idNow)).toEqual(['goal2', 'goal1', 'other1']);
    const [shown] = modelTexts(
      choice,
      aDomain({ actions: [anAction({ id: 'create-listing' })] }),
      'suggestions',
    );
    expect(shown?.facts).toEqual(['goal2']);
  });

  it('goes by what facts mean, not by their ids', () => {
    const moved = known({ sheet: aSheet([gone, { ...goal, id: 'goal2' }]) });
    const choice = choose({ ...text, hash: 'before' }, { known: moved });
    expect(choice.by === 'model' && choice.isSo(['goal1', 'feature1'])).toBe(true);
  });

  it('is rules where less than half is still so, and a text is wanted, unless it is of equal facts', () => {
    const passed = {
      ...text,
      answer: { suggestions: [claim('goal1'), claim('feature1'), claim('feature1')] },
    };
    expect(choose({ ...passed, hash: 'before' })).toEqual(rules('being written', true));
    expect(choose(passed).by).toBe('model');
    expect(choose({ ...text, means: {} })).toEqual(rules('being written', true));
  });

  it('keeps what was said by the user', () => {
    const said = { ...text, means: { goal1: '', feature1: factMeaning(gone) }, stated: statedHash([]) };
    expect(choose(said, { known: known({ sheet: aSheet([]) }) }).by).toBe('model');
  });

  it('is rules as soon as the user says something new of themselves', () => {
    const focused = known({ sheet: aSheet([goal, gone, aFact('focus1', 'focus', { focus: 'Noord' })]) });
    expect(choose({ ...text, hash: 'before' }, { known: focused })).toEqual(rules('being written', true));
  });

  it('is rules without consent, without a model, and where nothing is known, whatever is kept', () => {
    expect(choose(text, { known: known({ ai: false }) })).toEqual(rules('no consent'));
    expect(choose(text, { writes: false })).toEqual(rules('switched off'));
    expect(choose(undefined, { known: known({ sheet: aSheet([aFact('unknown1', 'unknown')]) }) })).toEqual(
      rules('nothing known'),
    );
  });

  it('is rules while a text is asked for, and after a failure until it may be tried again', () => {
    const asked: TextState = { state: 'asked', hash: 'now', until: NOON + 1 };
    expect(choose(asked)).toEqual(rules('being written'));
    expect(choose({ ...asked, hash: 'before' })).toEqual(rules('being written', true));
    expect(choose(asked, { now: NOON + 1 })).toEqual(rules('being written', true));
    const failed: TextState = {
      state: 'failed',
      hash: 'before',
      why: 'throttled',
      attempts: 1,
      until: NOON + 1,
    };
    expect(choose(failed)).toEqual(rules('throttled'));
    expect(choose(failed, { now: NOON + 1 })).toEqual(rules('being written', true));
  });
});

describe('the domain of a request', () => {
  it('is the own one, or what a service or an admin names', () => {
    const of = (kind: 'user' | 'service' | 'admin', named?: string) =>
      requestedDomain({ sub: 'x', kind }, named, 'saas');
    expect([of('user'), of('service'), of('service', 'film'), of('admin', 'film')]).toEqual([
      'saas',
      'saas',
      'film',
      'film',
    ]);
    expect(() => of('user', 'film')).toThrow(/Only services/);
  });
});

describe('what a page tells', () => {
  it('is cut to the last 20 actions by name, with the completion in percent', () => {
    const recentActions = Array.from({ length: 1_000 }, (_, at) => `action ${at}`);
    const context = suggestionContext({ currentPage: 'home', recentActions, profileCompletion: 0.6 });
    expect([context.recentActions.length, context.recentActions.at(-1)]).toEqual([20, 'action 999']);
    expect(context.profileCompletion).toBe(60);
    const of = (profileCompletion: number) =>
      suggestionContext({ currentPage: 'p', recentActions: [], profileCompletion }).profileCompletion;
    expect([of(0), of(1), of(1.4), of(60), of(99.6)]).toEqual([0, 100, 1, 60, 100]);
  });

  it('takes actions as words or as objects, and cuts long ones on whole characters', () => {
    const { recentActions, timeOfDay } = suggestionContext({
      currentPage: 'home',
      recentActions: [{ type: 'click', feature: 'export' }, { type: 'open' }, `x${'\u{1F3E0}'.repeat(60)}`],
      timeOfDay: 'm'.repeat(100),
    });
    expect(recentActions.slice(0, 2)).toEqual(['click export', 'open']);
    expect(recentActions[2]?.isWellFormed()).toBe(true);
    expect(timeOfDay).toHaveLength(40);
  });
});
