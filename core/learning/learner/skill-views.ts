import type { Behaviour, SkillTally } from '../../profile/behaviour.ts';
import { rounded } from '../../profile/view/curves.ts';
import { type Mastery, masteryOf, type SkillState, skillState } from '../mastery/mastery-of.ts';

/** A topic of the skill vector. `meanScore` 0-100 of all results ever; `lastAt` ISO 8601. */
export type SkillView = Mastery & {
  readonly topic: string;
  readonly state: SkillState;
  readonly meanScore: number;
  readonly passes: number;
  readonly lastAt: string;
};

const viewOf = (tally: SkillTally, now: number): SkillView => {
  const [topic, results, scores, passes, , , at] = tally;
  const known = masteryOf(tally, now);
  return {
    topic,
    mastery: rounded(known.mastery, 3),
    confidence: rounded(known.confidence, 3),
    results,
    state: skillState(known),
    meanScore: rounded(scores / 1000 / results, 1),
    passes,
    lastAt: new Date(at).toISOString(),
  };
};

/** The skill vector at `now` (ms): what is mastered best first; ties by name. */
export const skillViews = ({ skills = [] }: Pick<Behaviour, 'skills'>, now: number): SkillView[] =>
  skills
    .map((tally) => viewOf(tally, now))
    .sort((a, b) => b.mastery - a.mastery || (a.topic < b.topic ? -1 : 1));
