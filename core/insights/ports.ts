import type { Prompt, TextPurpose, Tokens, WriteFailure, Writing, Written } from './types.ts';

/** A model that writes texts. Never throws: what went wrong is in the answer, with the tokens it cost. */
export type TextWriter = {
  /** `withinMs` bounds everything, repeated attempts included. */
  write<P extends TextPurpose>(
    purpose: P,
    prompt: Prompt,
    options: { readonly withinMs: number; readonly mostTokens: number },
  ): Promise<Writing<P>>;
};

/** Where one text of a user is kept. `place` is empty for insights, a short hash of the page and its context for suggestions. */
export type TextSlot = { readonly purpose: TextPurpose; readonly domain: string; readonly place: string };

/** A text that passed the check. */
export type StoredText<P extends TextPurpose = TextPurpose> = {
  readonly state: 'written';
  readonly hash: string;
  readonly answer: Written[P];
  /** Sentences of the facts that the text rests on, by id, as they were when it was written. */
  readonly says: Readonly<Record<string, string>>;
  /** What these facts meant then (`factMeaning`), by id. */
  readonly means: Readonly<Record<string, string>>;
  /** What the user had said of themselves then (`statedHash`). */
  readonly stated: string;
  /** ms since the epoch */
  readonly writtenAt: number;
  readonly expiresAt: number;
  readonly model: string;
  readonly tokens: Tokens;
};

/** Why no text came to be that could be kept. */
export type TextFailure = WriteFailure | 'failed the check' | 'budget of the user' | 'budget of the stack';

/** A text that is asked for, or being written until `until`. */
export type AskedText = {
  readonly state: 'asked';
  readonly hash: string;
  readonly until: number;
  /** Failures in a row before it, so that whoever fails again can hold up the next attempt for longer. */
  readonly attempts?: number;
};

/**
 * A text that could not be written; before `until` it is not tried again. How often it failed stays
 * known a while beyond that (`AskedText.attempts`).
 */
export type FailedText = {
  readonly state: 'failed';
  readonly hash: string;
  readonly why: TextFailure;
  /** Failures in a row. */
  readonly attempts: number;
  readonly until: number;
};

export type TextState = StoredText | AskedText | FailedText;

export type TextStore = {
  /** What the slot holds and has not expired. One request, eventually consistent. */
  get(userId: string, slot: TextSlot, now: number): Promise<TextState | undefined>;
  /**
   * Marks a text as asked for until `until`. False, and nothing is changed, where the slot holds a live text of this hash, one that is
   * asked for, or one that failed and must not be tried yet: whoever gets true queues the request, nobody else does.
   */
  ask(
    userId: string,
    slot: TextSlot,
    request: { hash: string; now: number; until: number },
  ): Promise<boolean>;
  put(userId: string, slot: TextSlot, text: StoredText): Promise<void>;
  fail(userId: string, slot: TextSlot, failure: FailedText): Promise<void>;
  /** Removes all texts of the user, and what is asked for or failed. */
  remove(userId: string): Promise<void>;
};

/** Tokens that models may cost in a day (UTC), of one user and of all. */
export type Budgets = { readonly userTokens: number; readonly stackTokens: number };

export type BudgetStore = {
  /** Takes tokens from both budgets of the day (`2026-11-21`) before they are spent; from neither where one does not have them. */
  reserve(
    userId: string,
    day: string,
    tokens: number,
    budgets: Budgets,
  ): Promise<'granted' | 'budget of the user' | 'budget of the stack'>;
  /** Corrects what was reserved to what was spent: `difference` is negative where less was. */
  settle(userId: string, day: string, difference: number): Promise<void>;
};

/** A request for a text, as it is queued: no fact about the user travels, the worker reads them anew. */
export type TextRequest = {
  readonly userId: string;
  readonly slot: TextSlot;
  readonly hash: string;
  /** Of suggestions only: what the page told with its request. */
  readonly context?: SuggestionContext | undefined;
};

/** What a page tells when it asks for suggestions. */
export type SuggestionContext = {
  readonly currentPage: string;
  /** Newest last; 20 at most are looked at. */
  readonly recentActions: readonly string[];
  readonly timeOfDay?: string | undefined;
  /** 0-100 */
  readonly profileCompletion?: number | undefined;
};

export type TextQueue = { send(request: TextRequest): Promise<void> };

/** What is counted of generated texts (metrics of the operator). */
export type TextEvents = {
  /** A generation, with its tokens; `outcome` is `written`, `failed the check`, or why it failed. */
  readonly generated: (purpose: TextPurpose, outcome: string, tokens: Tokens) => void;
  /** A text was served from `model` or `rules`. */
  readonly served: (purpose: TextPurpose, from: 'model' | 'rules', because?: string) => void;
  /** Something that went wrong beside the answer. */
  readonly lost: (what: string, error: unknown) => void;
};
