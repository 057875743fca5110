import type { KnownUser } from '../profile/change/manage-profile.ts';
import { goalViews } from './goal-progress.ts';

/** Goals by term with their progress, as both goal endpoints answer them. */
export const goalsAnswer = ({ profile, behaviour }: KnownUser, now: number) => {
  const goals = goalViews(profile.goals, behaviour, now);
  return {
    shortTerm: goals.filter(({ term }) => term === 'short'),
    longTerm: goals.filter(({ term }) => term === 'long'),
    version: profile.version,
    reason: goals.length > 0 ? undefined : 'No goals are set for this user',
  };
};
