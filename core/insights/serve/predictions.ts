import type { UserModels } from '../../learn/users/types.ts';
import { type LearnedView, learnedView } from '../../profile/view/learned-view.ts';
import type { Fact, FactKind } from '../facts/types.ts';
import type { KnownUser } from './insight-sheet.ts';
import type { ShownText } from './shown-texts.ts';
import { wholeText } from './text-answers.ts';

/** What is likely of a user: the number is the engine's, the words those of a model or of rules. */
export type Prediction = {
  readonly name: 'churn' | 'lifetimeValue' | 'nextActions' | 'goals';
  readonly text: string;
  /** Probability of leaving, money, probability of the likeliest next action, share of the goal. */
  readonly value: number | null;
  readonly factors: readonly { factor: string; contribution: number; detail: string }[];
  readonly method?: 'rule' | 'model';
  readonly reason: string;
  readonly facts: readonly string[];
};

type Numbers = Pick<Prediction, 'value' | 'factors' | 'method'>;

const NAMES: readonly (readonly [kind: FactKind, name: Prediction['name']])[] = [
  ['churn', 'churn'],
  ['value', 'lifetimeValue'],
  ['next', 'nextActions'],
  ['goal', 'goals'],
];

const ofPercent = ({ numbers: { percent } }: Fact): Numbers => ({
  value: percent === undefined ? null : percent / 100,
  factors: [],
});

const numbersOf = (fact: Fact, { churn, lifetimeValue }: LearnedView): Numbers => {
  if (fact.kind === 'churn') return { value: churn.risk, factors: churn.factors, method: churn.method };
  if (fact.kind !== 'value') return ofPercent(fact);
  const { expected, horizonDays, method, detail } = lifetimeValue;
  const factors =
    expected === null ? [] : [{ factor: `next ${horizonDays} days`, contribution: expected, detail }];
  return { value: expected, factors, method };
};

/** A text about several goals is that of the first one it names: the others are told in the words of their facts. */
const isAbout =
  (fact: Fact, told: readonly Fact[]) =>
  ({ facts }: ShownText): boolean =>
    told.find(({ id }) => facts.includes(id)) === fact;

/**
 * The predictions about a user, in the words of `texts` where one of them rests on the fact, else in those of the fact. Of next actions
 * the likeliest, of goals every one that the facts hold.
 */
export const predictionsOf = (
  { profile, behaviour, sheet, personalised }: KnownUser,
  texts: readonly ShownText[],
  { models, now }: { readonly models: UserModels | undefined; readonly now: number },
): Prediction[] => {
  if (!personalised) return [];
  const view = learnedView({ profile, behaviour, now }, models);
  return NAMES.flatMap(([kind, name]) => {
    const facts = sheet.facts.filter((fact) => fact.kind === kind);
    const told = name === 'goals' ? facts : facts.slice(0, 1);
    return told.map((fact): Prediction => {
      const found = texts.find(isAbout(fact, told));
      const words = found ?? { title: '', text: fact.says, reason: fact.says, facts: [fact.id] };
      const { reason, facts: ids } = words;
      return { name, text: wholeText(words), ...numbersOf(fact, view), reason, facts: ids };
    });
  });
};
