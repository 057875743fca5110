import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { type SkillLevel, skillLevel } from '../../profile/view/skill-level.ts';
import { learningPace, type PaceView } from './learning-pace.ts';
import { learningStyle, type StyleView } from './learning-style.ts';
import { type PreferenceVector, preferenceVector } from './preference-vector.ts';
import { type SkillView, skillViews } from './skill-views.ts';

/** What is known of somebody as a learner, stated and shown. */
export type LearnerView = {
  readonly style: StyleView;
  readonly level: SkillLevel;
  readonly pace: PaceView;
  /** As stated. */
  readonly interests: readonly string[];
  readonly skills: readonly SkillView[];
  readonly preferenceVector: PreferenceVector;
};

/** True for whoever says something as a learner, or has results. */
export const isLearner = (
  profile: Pick<StoredProfile, 'learner'>,
  behaviour: Pick<Behaviour, 'skills' | 'results' | 'pace'>,
): boolean =>
  profile.learner !== undefined ||
  behaviour.skills !== undefined ||
  behaviour.results !== undefined ||
  behaviour.pace !== undefined;

/**
 * Somebody as a learner at `now` (ms); neutral where nothing is known. It reads the behaviour: of users who do not allow
 * personalisation give `emptyBehaviour()`.
 */
export const learnerView = (
  profile: Pick<StoredProfile, 'learner'>,
  behaviour: Behaviour,
  now: number,
): LearnerView => ({
  style: learningStyle(profile, behaviour),
  level: skillLevel(profile, behaviour),
  pace: learningPace(profile, behaviour),
  interests: profile.learner?.interests ?? [],
  skills: skillViews(behaviour, now),
  preferenceVector: preferenceVector(behaviour),
});
