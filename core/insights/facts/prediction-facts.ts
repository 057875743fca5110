import { engagementLevel } from '../../profile/view/engagement-level.ts';
import { type LearnedView, learnedView } from '../../profile/view/learned-view.ts';
import { personalizationScore } from '../../profile/view/personalization-score.ts';
import { skillLevel } from '../../profile/view/skill-level.ts';
import { segmentsOf } from '../../segments/segments-of.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import { percentOf, spoken } from './words.ts';

const SEGMENTS = 3;
const MEDIUM_FROM = 0.3;
const HIGH_FROM = 0.6;

/** What speaks for leaving, in words without numbers: the rule's factors; those of the model go by their names. */
const FACTORS: Readonly<Record<string, string>> = {
  silence: 'silence',
  trend: 'falling activity',
  history: 'a short history',
  average: 'what is usual for all users',
  others: 'many small things',
};

/** `active weeks` of `activeWeeks` */
const worded = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const riskOf = (risk: number): string => {
  if (risk >= HIGH_FROM) return 'high';
  return risk >= MEDIUM_FROM ? 'medium' : 'low';
};

const churnFact = ({ churn }: LearnedView): FactDraft => {
  const [strongest] = [...churn.factors].sort((a, b) => b.contribution - a.contribution);
  const name = strongest?.factor ?? 'history';
  const factor = FACTORS[name] ?? worded(name);
  const [risk, percent] = [riskOf(churn.risk), percentOf(churn.risk)];
  const most = percent === 0 ? '' : `; what speaks for it most: ${factor}`;
  const says = `Risk of not coming back: ${risk} (${percent} %)${most}`;
  return draft('churn', says, { words: { risk, factor }, numbers: { percent } });
};

const valueFacts = ({ lifetimeValue }: LearnedView): FactDraft[] => {
  const { expected, horizonDays } = lifetimeValue;
  if (expected === null) return [];
  const whole = Math.round(expected);
  const says = `Expected to bring ${whole} within ${horizonDays} days`;
  return [draft('value', says, { numbers: { expected: whole, days: horizonDays } })];
};

const standingFact = ({ profile, behaviour, now }: KnownToFacts): FactDraft => {
  const level = skillLevel(profile, behaviour);
  const engagement = engagementLevel(behaviour, now);
  const score = personalizationScore(profile, behaviour, now);
  const says = `Level ${level}, engagement ${engagement} of 5, ${score} of 100 for how well the user is known`;
  return draft('standing', says, { words: { level }, numbers: { engagement, score } });
};

const segmentFacts = ({ profile, behaviour, now }: KnownToFacts): FactDraft[] =>
  segmentsOf(profile, behaviour, now)
    .slice(0, SEGMENTS)
    .map(({ name, confidence }) => {
      const percent = percentOf(confidence);
      return draft('segment', `Segment ${spoken(name)} (${percent} % sure)`, {
        words: { segment: name },
        numbers: { percent },
      });
    });

/** Where the user stands and what is expected: risk, value, level, segments. By the learned models where there are any. */
export const predictionFacts = (known: KnownToFacts): FactDraft[] => {
  const view = learnedView(known, known.models);
  return [churnFact(view), ...valueFacts(view), standingFact(known), ...segmentFacts(known)];
};
