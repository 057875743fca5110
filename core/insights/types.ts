import type { MarketKind, Priority } from '../domains/types.ts';

/** What a model is asked to write: all of a user's insights, or suggestions for one page. */
export type TextPurpose = 'insights' | 'suggestions';

/** A sentence or two that rest on facts, named by their ids. */
export type Claim = { readonly text: string; readonly facts: readonly string[] };

export type WrittenAdvice = {
  readonly title: string;
  readonly text: string;
  /** Id of an action of the domain. */
  readonly action?: string | undefined;
  readonly facts: readonly string[];
};

export type WrittenAction = {
  readonly title: string;
  readonly description: string;
  /** Id of an action of the domain. */
  readonly action: string;
  readonly priority: Priority;
  readonly facts: readonly string[];
};

export type WrittenMarketInsight = {
  readonly title: string;
  readonly kind: MarketKind;
  readonly body: string;
  readonly facts: readonly string[];
};

/** What a model writes of a user, once in a while, for dashboard and insights together. */
export type WrittenInsights = {
  readonly behaviour: readonly Claim[];
  readonly predictions: readonly Claim[];
  readonly advice: readonly WrittenAdvice[];
  readonly priorityActions: readonly WrittenAction[];
  readonly marketInsights: readonly WrittenMarketInsight[];
};

/** What a model writes for one page. */
export type WrittenSuggestions = { readonly suggestions: readonly WrittenAction[] };

export type Written = { insights: WrittenInsights; suggestions: WrittenSuggestions };

/** What is told to the model. */
export type Prompt = { readonly system: string; readonly user: string };

export type Tokens = { readonly input: number; readonly output: number };

/** Why a model wrote nothing that can be used. */
export type WriteFailure =
  | 'throttled'
  | 'timed out'
  | 'unavailable'
  | 'denied'
  | 'unknown model'
  | 'malformed'
  | 'cut off'
  | 'circuit open';

export type Writing<P extends TextPurpose> =
  | {
      readonly outcome: 'written';
      readonly answer: Written[P];
      readonly tokens: Tokens;
      readonly model: string;
    }
  | { readonly outcome: 'failed'; readonly why: WriteFailure; readonly tokens: Tokens };

/** Why rules answer instead of a model; `reason` of the answer says it in words. */
export type RulesBecause =
  | WriteFailure
  | 'switched off'
  | 'no consent'
  | 'being written'
  | 'budget of the user'
  | 'budget of the stack'
  | 'failed the check'
  | 'nothing known';
