import { type Behaviour, emptyBehaviour } from '../../../profile/behaviour.ts';
import { remaining } from '../../../profile/fold/decay.ts';
import type { StoredProfile } from '../../../profile/stored-profile.ts';
import { learnerView } from '../../learner/learner-view.ts';
import { learningPace, type PaceName } from '../../learner/learning-pace.ts';
import type { LearningStyle } from '../../learner/learning-style.ts';
import { type Mastery, masteryOfTopic, PRIOR_MASTERY } from '../../mastery/mastery-of.ts';
import type { Level } from '../../types.ts';

/** What planning a path may use of its learner. */
export type PathLearner = {
  /** False where the user does not allow personalisation: the path is then the same for everybody. */
  readonly adapts: boolean;
  /** `confidence` 0-1: 1 where it was stated, less where it was inferred. */
  readonly style?: { readonly name: LearningStyle; readonly confidence: number } | undefined;
  /** Absent where nothing is stated: the path's own then counts. */
  readonly level?: Level | undefined;
  readonly pace: PaceName;
  /** What to multiply durations with: as stated, and with what was observed besides. */
  readonly statedPace: number;
  readonly observedPace: number;
  /** Of the path's topic. */
  readonly mastery: Mastery;
  /** Recent engagement 0-1; absent where nothing is known. */
  readonly engagement?: number | undefined;
};

/** Nothing is known: what everybody gets. */
export const anyLearner = (adapts: boolean): PathLearner => ({
  adapts,
  pace: 'moderate',
  statedPace: 1,
  observedPace: 1,
  mastery: { mastery: PRIOR_MASTERY, confidence: 0, results: 0 },
});

/** Weight (interactions, decayed) below which engagement says nothing. */
const LEAST_ENGAGEMENT_WEIGHT = 3;

const engagementAt = ({ engagement }: Behaviour, now: number): number | undefined => {
  const [sum, weight, at] = engagement;
  return weight * remaining(now - at) < LEAST_ENGAGEMENT_WEIGHT ? undefined : sum / weight;
};

/** A user as the learner of paths about a topic, at `now` (ms). Give none that does not allow personalisation. */
export const pathLearner = (
  profile: Pick<StoredProfile, 'learner'>,
  behaviour: Behaviour,
  { topic, now }: { readonly topic: string; readonly now: number },
): PathLearner => {
  const { style, level, pace } = learnerView(profile, behaviour, now);
  return {
    adapts: true,
    ...(style.value !== null && { style: { name: style.value, confidence: style.confidence } }),
    ...(profile.learner?.experienceLevel !== undefined && { level }),
    pace: pace.value,
    statedPace: learningPace(profile, emptyBehaviour()).factor,
    observedPace: pace.factor,
    mastery: masteryOfTopic(behaviour, topic, now),
    engagement: engagementAt(behaviour, now),
  };
};
