import type { ActionDefinition, Domain } from '../domains/types.ts';
import type { Fact, FactSheet } from '../insights/facts/types.ts';
import { type FactIndex, firstMatch, indexFacts, noneMatches } from '../insights/texts/match-facts.ts';
import type { Behaviour } from '../profile/behaviour.ts';
import { DAY_MS } from '../profile/fold/decay.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { rounded } from '../profile/view/curves.ts';
import { lastDismissals } from './dismissals.ts';
import { doneName } from './done-by.ts';
import { type Habits, habitProbability, habitsOf, takeProbability } from './probability.ts';
import { emptyReason, offerReason } from './reasons.ts';
import { type ServedGoal, servedGoal } from './served-goal.ts';
import {
  beginOffer,
  expiryOf,
  lastMoment,
  offerableFrom,
  restedFrom,
  settleOffer,
  stands,
} from './settle-offer.ts';
import { type ActionOffers, type OfferedAction, type Offers, offerKey } from './types.ts';

export type ActionsAsk = {
  readonly domain: Domain;
  readonly sheet: FactSheet;
  readonly behaviour: Behaviour;
  /** For the user's zone, in which the last day of an action ends. */
  readonly profile?: Pick<StoredProfile, 'timezone'> | undefined;
  readonly offers: Offers;
  /** ms since the epoch */
  readonly now: number;
  /** Most actions. */
  readonly limit: number;
};

export type ChosenActions = {
  /** By expected value, highest first. */
  readonly offered: OfferedAction[];
  /** What is to be remembered; `version` is the one that was read. */
  readonly offers: Offers;
  /** Whether `offers` must be written. */
  readonly changed: boolean;
  /** Why `offered` is empty. */
  readonly reason?: string;
};

/** An action with what is known of it. */
type Known = {
  readonly action: ActionDefinition;
  /** Facts that call for it, or undefined where they are not so. */
  readonly facts: readonly Fact[] | undefined;
  readonly before: ActionOffers | undefined;
  readonly settled: ActionOffers | undefined;
};

/** An action whose facts are all there. */
type Fitting = Known & { readonly facts: readonly Fact[] };

type Candidate = Fitting & {
  readonly goal: ServedGoal | undefined;
  readonly probability: number;
  readonly value: number;
};

/** An offer that stands gives way only to one that is worth a quarter more, so that lists do not change with every click. */
const STANDING_BONUS = 1.25;

/** Longer than any cooldown, window or cap reaches back; what is older is forgotten when something else is written. */
const REMEMBERED_MS = 400 * DAY_MS;

const callingFacts = ({ when = [], unless }: ActionDefinition, index: FactIndex): Fact[] | undefined => {
  const facts = when.map((pattern) => firstMatch(index, pattern));
  const all = facts.every((fact) => fact !== undefined) && noneMatches(index, unless);
  return all ? [...new Set(facts)] : undefined;
};

const zoneOf = ({ profile }: ActionsAsk): string => profile?.timezone ?? 'UTC';

/** What is remembered of an action of this domain; what was kept under its bare id where the domain kept nothing yet. */
const offersOf = ({ domain, offers: { actions } }: ActionsAsk, { id }: ActionDefinition) =>
  [offerKey(domain.name, id), id]
    .filter((key) => Object.hasOwn(actions, key))
    .map((key) => actions[key])
    .at(0);

const knownActions = (ask: ActionsAsk, index: FactIndex): Known[] => {
  const dismissals = lastDismissals(ask.behaviour);
  const timezone = zoneOf(ask);
  return ask.domain.actions.map((action) => {
    const facts = callingFacts(action, index);
    const before = offersOf(ask, action);
    const settled = settleOffer(action, before, {
      behaviour: ask.behaviour,
      holds: facts !== undefined,
      dismissedAt: dismissals.get(action.id),
      timezone,
      now: ask.now,
    });
    return { action, facts, before, settled };
  });
};

/** From when on it may be offered; an offer that stands may be shown. */
const freeFrom = ({ action, settled }: Known, { behaviour, now }: ActionsAsk): number =>
  stands(settled)
    ? -Infinity
    : Math.max(offerableFrom(action, settled, now), restedFrom(action, behaviour, now));

const valued = (known: Fitting, goals: readonly Fact[], habits: Habits): Candidate => {
  const goal = servedGoal(known.action, goals);
  const probability = rounded(takeProbability(habitProbability(habits, known.action), known.settled), 4);
  const value = rounded(known.action.value * probability + (goal?.worth ?? 0), 2);
  return { ...known, goal, probability, value };
};

const preference = ({ value, settled }: Candidate): number => value * (stands(settled) ? STANDING_BONUS : 1);

/** Highest first; of equal ones what is offered longest, then as the domain has them (sorting is stable). */
const byNumber =
  (of: (candidate: Candidate) => number) =>
  (a: Candidate, b: Candidate): number =>
    of(b) - of(a) || beginOf(a) - beginOf(b);

/** ms since the epoch; new offers are younger than all that stand. */
const beginOf = ({ settled }: Candidate): number => (stands(settled) ? settled.at : Number.MAX_SAFE_INTEGER);

/** All facts that an offer rests on, each once: the goal, what calls for it, and that it is likely next. */
const restsOn = ({ action, facts, goal }: Candidate, next: readonly Fact[]): Fact[] => {
  const name = doneName(action.doneBy);
  const likely = next.filter(({ names }) => name !== undefined && names.action === name);
  return [...new Set([...(goal ? [goal.fact] : []), ...facts, ...likely])];
};

type Shown = { readonly habits: Habits; readonly index: FactIndex; readonly ask: ActionsAsk };

const offeredAction = (candidate: Candidate, { habits, index, ask }: Shown): OfferedAction => {
  const { action, goal, probability, value, settled } = candidate;
  const { id, title, description, target } = action;
  const begin = stands(settled) ? settled.at : ask.now;
  const facts = restsOn(candidate, index.get('next') ?? []);
  return {
    action: id,
    title,
    description,
    target,
    probability,
    expectedValue: value,
    expiresAt: expiryOf(action, begin, zoneOf(ask)),
    reason: offerReason(action, { goal, facts }, { offers: settled, habits }),
    facts: facts.map((fact) => fact.id),
    ...(goal ? { serves: goal.fact.names.title } : {}),
  };
};

const remembered = (offers: Offers, records: ReadonlyMap<string, ActionOffers>, now: number): Offers => {
  const all = { ...offers.actions, ...Object.fromEntries(records) };
  const kept = Object.entries(all).filter(([, { at, endedAt }]) => (endedAt ?? at) > now - REMEMBERED_MS);
  return { ...offers, actions: Object.fromEntries(kept) };
};

/** What changed: offers that ended, and those that begin. */
const changes = (
  known: readonly Known[],
  chosen: readonly Candidate[],
  ask: ActionsAsk,
): ReadonlyMap<string, ActionOffers> => {
  const records = new Map<string, ActionOffers>();
  const keyOf = ({ id }: ActionDefinition): string => offerKey(ask.domain.name, id);
  for (const { action, before, settled } of known)
    if (settled && settled !== before) records.set(keyOf(action), settled);
  for (const { action, settled } of chosen)
    if (!stands(settled)) records.set(keyOf(action), beginOffer(action, settled, ask));
  return records;
};

/**
 * The actions that the user should do next: those that fit the facts, are not over, and may be offered (cooldown since an offer ended or it was done, cap), by expected value
 * (value x probability + what an open goal adds). An offer stands until the action was done or dismissed, its facts no longer hold, or
 * its window passed; while it stands it is one exposure, however often it is shown. Equal inputs give an equal list. For users who
 * allow personalisation only: the caller sees to that.
 */
export const chooseActions = (ask: ActionsAsk): ChosenActions => {
  const { domain, now, limit } = ask;
  const index = indexFacts(ask.sheet);
  const habits = habitsOf(ask.behaviour, now);
  const known = knownActions(ask, index);
  const fitting = known.filter(
    (one): one is Fitting => one.facts !== undefined && now < lastMoment(one.action, zoneOf(ask)),
  );
  const resting = fitting.map((one) => freeFrom(one, ask)).filter((at) => at > now);
  const chosen = fitting
    .filter((one) => freeFrom(one, ask) <= now)
    .map((one) => valued(one, index.get('goal') ?? [], habits))
    .sort(byNumber(preference))
    .slice(0, Math.max(0, limit))
    .sort(byNumber(({ value }) => value));
  const records = changes(known, chosen, ask);
  return {
    offered: chosen.map((candidate) => offeredAction(candidate, { habits, index, ask })),
    offers: records.size > 0 ? remembered(ask.offers, records, now) : ask.offers,
    changed: records.size > 0,
    ...(chosen.length > 0 ? {} : { reason: emptyReason(domain, { resting, fitting: fitting.length }) }),
  };
};
