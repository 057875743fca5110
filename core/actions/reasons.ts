import type { ActionDefinition, Domain } from '../domains/types.ts';
import type { Fact } from '../insights/facts/types.ts';
import { doneCount } from './done-by.ts';
import { endedOffers, type Habits } from './probability.ts';
import type { ServedGoal } from './served-goal.ts';
import type { ActionOffers } from './types.ts';

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const history = (
  action: ActionDefinition,
  offers: ActionOffers | undefined,
  { behaviour }: Habits,
): string => {
  const { ended, taken } = endedOffers(offers);
  if (taken > 0) return `taken up in ${taken} of ${ended === 1 ? '1 offer' : `${ended} offers`}`;
  const done = doneCount(behaviour, action.doneBy);
  return done > 0 ? `you did this ${times(done)} so far` : 'you have not done this yet';
};

const sentence = (parts: readonly string[]): string => {
  const text = parts.map((part) => part.replace(/\.$/, '')).join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** `Goal "Read more": 3 of 5` -> `Serves your goal "Read more": 3 of 5` */
const servesGoal = ({ fact }: ServedGoal): string => `serves your goal ${fact.says.replace(/^Goal /, '')}`;

/** Facts that say only that the user is no newcomer: no reason for this action more than for another. */
const isGate = ({ when = [] }: ActionDefinition, { kind }: Fact): boolean =>
  kind === 'activity' && when.some((pattern) => pattern.kind === kind && pattern.where === undefined);

/** Why an action is offered: the goal it serves, the facts that call for it, and what the user did of it. */
export const offerReason = (
  action: ActionDefinition,
  { goal, facts }: { goal: ServedGoal | undefined; facts: readonly Fact[] },
  { offers, habits }: { offers: ActionOffers | undefined; habits: Habits },
): string => {
  const others = facts.filter((fact) => fact !== goal?.fact && !isGate(action, fact)).map(({ says }) => says);
  return sentence([...(goal ? [servesGoal(goal)] : []), ...others, history(action, offers, habits)]);
};

const dateTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Why no action is offered. `resting`: from when on those may be offered again that fit but were offered or done lately, of all that fit. */
export const emptyReason = (
  { title }: Pick<Domain, 'title'>,
  { resting, fitting }: { resting: readonly number[]; fitting: number },
): string => {
  if (fitting > resting.length) return 'No action was asked for';
  if (resting.length === 0) return `No action of ${title} fits what is known of this user now`;
  const all = fitting === 1 ? 'The only action that fits' : `All ${fitting} actions that fit`;
  const verb = fitting === 1 ? 'was' : 'were';
  return `${all} ${verb} offered, done or dismissed lately; the next may be offered from ${dateTime(Math.min(...resting))}`;
};
