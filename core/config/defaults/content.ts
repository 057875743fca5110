import type { ConfigFacts } from '../inputs.ts';
import { DIFFICULTIES, type Difficulty } from '../types.ts';
import { counted, type Slot, seen, stated, usual } from './slot.ts';
import { tierOf } from './tiers.ts';

/** As stated, else as the skill shown (by the learner's words where little was seen). */
export const defaultDifficulty = ({ stated: said, skill, interactions }: ConfigFacts): Slot<Difficulty> => {
  if (said.difficulty) return stated(said.difficulty, `The difficulty "${said.difficulty}"`);
  const difficulty = DIFFICULTIES[tierOf(skill)] ?? 'beginner';
  return interactions === 0
    ? usual(difficulty, `Nothing was seen of the user yet; skill as stated or assumed: ${skill}`)
    : seen(difficulty, `The skill shown in ${counted(interactions, 'interaction')}: ${skill}`);
};

/** Kinds of content that work for this user; undefined where the evidence does not say. */
export const defaultContentTypes = ({ contentTypes }: ConfigFacts): Slot<readonly string[]> | undefined => {
  const [best] = contentTypes;
  if (best === undefined) return undefined;
  const [name, score, evidence] = best;
  return seen(
    contentTypes.map(([type]) => type),
    `What works for this user: ${name} scores ${score} % in ${evidence} tries`,
  );
};
