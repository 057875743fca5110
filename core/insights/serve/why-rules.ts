import type { RulesBecause } from '../types.ts';

const WORDS: Readonly<Record<RulesBecause, string>> = {
  'switched off': 'no model is set up to write texts',
  'no consent': 'the user does not allow AI: nothing is sent to a model',
  'being written': 'a model is writing new texts from what is known now',
  'nothing known': 'nothing is known of this user yet that a model could write about',
  'budget of the user': 'what models may write for this user in a day is used up',
  'budget of the stack': 'what models may write for everybody in a day is used up',
  'failed the check': 'what a model wrote did not agree with the facts and was thrown away',
  throttled: 'the model is too busy; it is asked again later',
  'timed out': 'the model did not answer in time; it is asked again later',
  unavailable: 'the model does not answer now; it is asked again later',
  denied: 'the model may not be used with the permissions that are set up',
  'unknown model': 'the model that is set up does not exist',
  malformed: 'what the model wrote could not be read',
  'cut off': 'what the model wrote was cut off',
  'circuit open': 'the model failed several times in a row; it is left alone for a moment',
};

/** Why rules wrote the texts of an answer, as a sentence for its `reason`. */
export const whyRules = (because: RulesBecause): string => `Written by rules: ${WORDS[because]}`;

/** A text of a model, in words for its `reason`. `writtenAt`: ms since the epoch. */
export const whyModel = (writtenAt: number): string =>
  `Written by a model on ${new Date(writtenAt).toISOString().slice(0, 10)} and checked against the facts`;
