import type { SuggestionContext } from '../ports.ts';

/** What a page tells, as it comes in. */
export type ToldContext = {
  readonly currentPage: string;
  readonly recentActions: readonly (
    | string
    | { readonly type: string; readonly feature?: string | undefined }
  )[];
  readonly timeOfDay?: string | undefined;
  readonly profileCompletion?: number | undefined;
};

const ACTIONS_LOOKED_AT = 20;

const nameOf = (action: ToldContext['recentActions'][number]): string =>
  typeof action === 'string' ? action : [action.type, action.feature].filter(Boolean).join(' ');

/** 0-1 is a share: a profile is rarely one percent complete. */
const percent = (completion: number): number => Math.round(completion <= 1 ? completion * 100 : completion);

const LONGEST_ACTION = 100;
const LONGEST_TIME = 40;

const cut = (text: string, length: number): string => {
  const whole = text.slice(0, length);
  return whole.isWellFormed() ? whole : whole.slice(0, -1);
};

/** The context of suggestions: the last 20 actions by name, completion in percent. */
export const suggestionContext = (told: ToldContext): SuggestionContext => ({
  currentPage: told.currentPage,
  recentActions: told.recentActions
    .slice(-ACTIONS_LOOKED_AT)
    .map((action) => cut(nameOf(action), LONGEST_ACTION)),
  ...(told.timeOfDay !== undefined && { timeOfDay: cut(told.timeOfDay, LONGEST_TIME) }),
  ...(told.profileCompletion !== undefined && { profileCompletion: percent(told.profileCompletion) }),
});
