import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { rounded } from '../../profile/view/curves.ts';

export const LEARNING_STYLES = ['visual', 'auditory', 'kinesthetic', 'reading'] as const;
export type LearningStyle = (typeof LEARNING_STYLES)[number];

/** `value` null where nothing is stated and what they finish favours no style. */
export type StyleView = {
  readonly value: LearningStyle | null;
  readonly source: 'stated' | 'inferred' | 'unknown';
  /** 0-1; 1 where it is stated. */
  readonly confidence: number;
  readonly reason: string;
};

const TYPES: Readonly<Record<LearningStyle, string>> = {
  visual: 'video image demo diagram infographic animation illustration chart screencast flashcards',
  auditory: 'audio podcast lecture discussion webinar interview talk',
  kinesthetic: 'exercise project lab simulation workshop assignment challenge sandbox practice',
  reading: 'reading article text book chapter document resource notes guide post',
};

const styleByType: ReadonlyMap<string, LearningStyle> = new Map(
  LEARNING_STYLES.flatMap((style) => TYPES[style].split(' ').map((type) => [type, style] as const)),
);

/** The style that a type of content suits; undefined for one that suits them all, such as a quiz. */
export const styleOfContentType = (contentType: string): LearningStyle | undefined =>
  styleByType.get(contentType.trim().toLowerCase());

/** What was not finished but went well says so much less. */
const UNFINISHED = 0.25;
/** So many finished contents are half of a full confidence. */
const HALF_CONFIDENCE = 5;
/** Below it, no style is named. */
const LEAST_CONFIDENCE = 0.15;

const evidenceOf = ({ contentTypes }: Pick<Behaviour, 'contentTypes'>): Record<LearningStyle, number> => {
  const evidence = { visual: 0, auditory: 0, kinesthetic: 0, reading: 0 };
  for (const [contentType, , successes, , , finished = 0] of contentTypes) {
    const style = styleOfContentType(contentType);
    if (style) evidence[style] += finished + UNFINISHED * Math.max(0, successes - finished);
  }
  return evidence;
};

const finishedOf = ({ contentTypes }: Pick<Behaviour, 'contentTypes'>, style: LearningStyle): string =>
  contentTypes
    .filter(
      ([contentType, , , , , finished = 0]) => finished > 0 && styleOfContentType(contentType) === style,
    )
    .map(([contentType, , , , , finished]) => `${finished} of type ${contentType}`)
    .join(', ');

const isStyle = (style: string | undefined): style is LearningStyle =>
  LEARNING_STYLES.some((known) => known === style);

const unknown = (reason: string): StyleView => ({ value: null, source: 'unknown', confidence: 0, reason });

/**
 * The style that what they finish shows: per style the contents finished, and a quarter of what went well without being finished. The
 * confidence is the lead of the first over the second as a share of both, times n / (n + 5) of all n; below .15 no style is named.
 */
export const inferredStyle = (behaviour: Pick<Behaviour, 'contentTypes'>): StyleView => {
  const evidence = evidenceOf(behaviour);
  const [first, second] = [...LEARNING_STYLES].sort((a, b) => evidence[b] - evidence[a]);
  const all = LEARNING_STYLES.reduce((sum, style) => sum + evidence[style], 0);
  if (first === undefined || second === undefined || all === 0)
    return unknown('Nothing was finished yet that suits one style more than others');
  const lead = (evidence[first] - evidence[second]) / (evidence[first] + evidence[second]);
  const confidence = rounded((lead * all) / (all + HALF_CONFIDENCE), 3);
  if (confidence < LEAST_CONFIDENCE) return unknown('What was finished favours no style');
  const finished = finishedOf(behaviour, first);
  const reason = finished === '' ? `What went well suits a ${first} learner` : `Finished ${finished}`;
  return { value: first, source: 'inferred', confidence, reason };
};

/** What the learner says, else what shows. */
export const learningStyle = (
  { learner }: Pick<StoredProfile, 'learner'>,
  behaviour: Pick<Behaviour, 'contentTypes'>,
): StyleView => {
  const stated = learner?.learningStyle;
  if (!isStyle(stated)) return inferredStyle(behaviour);
  return { value: stated, source: 'stated', confidence: 1, reason: 'The learner says so' };
};
