import type { Behaviour, SkillTally } from '../../profile/behaviour.ts';
import { remaining } from '../../profile/fold/decay.ts';
import { RESULT_HALF_LIFE_MS, topicName } from '../../profile/fold/results.ts';

/** `mastery` and `confidence` 0-1; `results` ever. */
export type Mastery = { readonly mastery: number; readonly confidence: number; readonly results: number };

/** Mastery of a topic of which nothing is known. */
export const PRIOR_MASTERY = 0.5;

/** After how long (ms) a result counts half, and how many results the prior counts as. */
export type MasteryModel = { readonly halfLifeMs: number; readonly priorResults: number };

export const MASTERY_MODEL: MasteryModel = { halfLifeMs: RESULT_HALF_LIFE_MS, priorResults: 1 };

const UNKNOWN: Mastery = { mastery: PRIOR_MASTERY, confidence: 0, results: 0 };

/**
 * How well a topic is mastered at `now` (ms): the mean of a Beta posterior over scores as shares of 0-1, each a fractional success
 * that is forgotten by half in 60 days:
 *
 *     weight     = sum over results of 2^(-age / 60 days)
 *     mastery    = (0.5 + sum of 2^(-age / 60 days) * score / 100) / (1 + weight)
 *     confidence = weight / (1 + weight)
 *
 * It rises with every score, forgets towards 0.5, and depends on the set of results alone, whatever order they came in. A `now` before
 * the newest result is taken for it. Half-life and prior were chosen on the presentations of 2013 of OULAD (docs/learning.md).
 */
export const masteryOf = (
  tally: SkillTally | undefined,
  now: number,
  { halfLifeMs, priorResults }: MasteryModel = MASTERY_MODEL,
): Mastery => {
  if (tally === undefined) return UNKNOWN;
  const [, results, , , weight, score, at] = tally;
  const left = remaining(now - at, halfLifeMs);
  const all = priorResults + weight * left;
  const mastery = (priorResults * PRIOR_MASTERY + score * left) / all;
  return { mastery: Math.min(1, Math.max(0, mastery)), confidence: (weight * left) / all, results };
};

/** Mastery of one topic by name, whatever its case. */
export const masteryOfTopic = (behaviour: Pick<Behaviour, 'skills'>, topic: string, now: number): Mastery => {
  const name = topicName(topic);
  return masteryOf(
    behaviour.skills?.find((tally) => tally[0] === name),
    now,
  );
};

export type SkillState = 'weak' | 'growing' | 'mastered';

const MASTERED_FROM = 0.8;
const MASTERED_CONFIDENCE = 0.7;
const WEAK_BELOW = 0.5;

/** `mastered` from .8 on, with a confidence of .7 (three fresh results or more); `weak` below .5. */
export const skillState = ({ mastery, confidence }: Mastery): SkillState => {
  if (mastery >= MASTERED_FROM && confidence >= MASTERED_CONFIDENCE) return 'mastered';
  return mastery < WEAK_BELOW ? 'weak' : 'growing';
};

/** How many topics were mastered when their newest result came: as a metric, time alone does not take a skill away. */
export const masteredSkills = ({ skills = [] }: Pick<Behaviour, 'skills'>): number =>
  skills.filter((tally) => skillState(masteryOf(tally, tally[6])) === 'mastered').length;
