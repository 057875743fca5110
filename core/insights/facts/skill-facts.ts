import { type SkillView, skillViews } from '../../learning/learner/skill-views.ts';
import type { SkillState } from '../../learning/mastery/mastery-of.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import { cleaned, percentOf, plural } from './words.ts';

const OF_EACH = 2;
const ORDER: readonly SkillState[] = ['weak', 'growing', 'mastered'];
/** One result alone says little about a skill. */
const LEAST_RESULTS = 2;

const SAYS: Readonly<Record<SkillState, string>> = {
  weak: 'Weak at',
  growing: 'Growing at',
  mastered: 'Has mastered',
};

const factOf = ({ topic, state, mastery, results }: SkillView): FactDraft[] => {
  const name = cleaned(topic);
  if (name === '') return [];
  const percent = percentOf(mastery);
  return [
    draft('skill', `${SAYS[state]} "${name}": mastery of ${percent} % from ${plural(results, 'result')}`, {
      names: { topic: name },
      words: { state },
      numbers: { percent, results },
    }),
  ];
};

/** Two topics that are weak (weakest first), two that grow and two that are mastered, each from two results on. */
export const skillFacts = ({ behaviour, now }: KnownToFacts): FactDraft[] => {
  const views = skillViews(behaviour, now).filter(({ results }) => results >= LEAST_RESULTS);
  return ORDER.flatMap((state) => {
    const own = views.filter((view) => view.state === state);
    return (state === 'weak' ? own.toReversed() : own).slice(0, OF_EACH).flatMap(factOf);
  });
};
