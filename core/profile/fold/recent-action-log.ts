import { type ActionLog, actionLog, visitsOf } from '../../workflow/action-log.ts';
import { actionName, isAction } from '../../workflow/actions.ts';
import type { Behaviour } from '../behaviour.ts';
import { recentEntries } from './recent.ts';

/** The actions among the recent interactions of a profile: the few that come without a further read. */
export const recentActionLog = (behaviour: Behaviour): ActionLog => {
  const steps = recentEntries(behaviour)
    .map(([at, , type, , contentType, feature]) => ({ at, type, contentType, feature }))
    .filter(isAction)
    .map((entry) => ({ name: actionName(entry), at: entry.at, session: '' }))
    .reverse();
  return actionLog(visitsOf(steps));
};
