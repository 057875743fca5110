import type { Domain } from '../../domains/types.ts';
import { textHash } from '../../numbers/text-hash.ts';
import type { SuggestionContext, TextSlot } from '../ports.ts';

const hex = (text: string): string => textHash(text).toString(16).padStart(8, '0');

/** Of the actions that a page tells, so many of the newest decide which text fits. */
const ACTIONS_OF_PLACE = 5;

/** Where the insights of a user are kept. */
export const insightsSlot = ({ name }: Pick<Domain, 'name'>): TextSlot => ({
  purpose: 'insights',
  domain: name,
  place: '',
});

/** Where the suggestions for a page are kept: another page, time of day or other last actions have another text. */
export const suggestionsSlot = ({ name }: Pick<Domain, 'name'>, context: SuggestionContext): TextSlot => {
  const { currentPage, timeOfDay = '', recentActions } = context;
  const said = JSON.stringify([currentPage, timeOfDay, recentActions.slice(-ACTIONS_OF_PLACE)]);
  return { purpose: 'suggestions', domain: name, place: hex(said) + hex(`again ${said}`) };
};

const COMPLETION_STEP = 10;

/** The hash of what suggestions rest on: the facts of the user, and how far the profile is, in tens of percent. */
export const suggestionsHash = (sheetHash: string, { profileCompletion }: SuggestionContext): string =>
  profileCompletion === undefined
    ? sheetHash
    : `${sheetHash}${Math.round(profileCompletion / COMPLETION_STEP).toString(16)}`;
