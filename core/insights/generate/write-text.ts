import type { Domain } from '../../domains/types.ts';
import { checkInsights, checkSuggestions } from '../check/check-texts.ts';
import { factMeaning, statedHash } from '../facts/fact-hash.ts';
import type { FactSheet } from '../facts/types.ts';
import type { BudgetStore, Budgets, StoredText, TextEvents, TextFailure, TextWriter } from '../ports.ts';
import { insightsPrompt, suggestionsPrompt } from '../prompts/prompts.ts';
import type { Prompt, TextPurpose, Tokens, Writing, Written } from '../types.ts';
import { claimsIn } from './claims-in.ts';

/** What a model needs to write. */
export type WritingPorts = {
  readonly writer: TextWriter;
  readonly budgets: BudgetStore;
  readonly limits: Budgets;
  /** How long a text is kept, in ms. */
  readonly ttlMs: number;
  /** ms since the epoch, now: what is left of a time limit is seen by it. */
  readonly clock: () => number;
  readonly events: TextEvents;
};

/** What is to be written, of whom, and within which time. */
export type WritingTask<P extends TextPurpose> = {
  readonly purpose: P;
  readonly userId: string;
  readonly domain: Domain;
  readonly sheet: FactSheet;
  /** Kept with the text: what a later request must have, too, for the text to be its own. */
  readonly hash: string;
  /** ms since the epoch: the model is not waited for any longer. */
  readonly deadline: number;
};

export type WritingResult<P extends TextPurpose> =
  | { readonly outcome: 'written'; readonly text: StoredText<P> }
  | { readonly outcome: 'failed'; readonly why: TextFailure };

const MOST_TOKENS: Readonly<Record<TextPurpose, number>> = { insights: 1_800, suggestions: 700 };

/** English has about four characters for a token; other scripts have fewer. What is too much is given back. */
const CHARACTERS_PER_TOKEN = 3;

/** So little time is not worth a question. */
const LEAST_MS = 200;

const promptOf = (purpose: TextPurpose, sheet: FactSheet, domain: Domain): Prompt =>
  purpose === 'insights' ? insightsPrompt(sheet, domain) : suggestionsPrompt(sheet, domain);

const tokensOf = ({ system, user }: Prompt): number =>
  Math.ceil((system.length + user.length) / CHARACTERS_PER_TOKEN);

const isGood = (
  purpose: TextPurpose,
  answer: Written[TextPurpose],
  { sheet, domain }: { sheet: FactSheet; domain: Domain },
): boolean =>
  purpose === 'insights'
    ? checkInsights(answer as Written['insights'], sheet, domain).ok
    : checkSuggestions(answer as Written['suggestions'], sheet, domain).ok;

/** What is kept of the facts that an answer rests on, by id: their sentences, and what they mean. */
const citedOf = (answer: Written[TextPurpose], { facts }: FactSheet) => {
  const ids = new Set(claimsIn(answer).flatMap((claim) => claim.facts));
  const cited = facts.filter(({ id }) => ids.has(id));
  return {
    says: Object.fromEntries(cited.map(({ id, says }) => [id, says])),
    means: Object.fromEntries(cited.map((fact) => [fact.id, factMeaning(fact)])),
    stated: statedHash(facts),
  };
};

/** What was spent: a question without an answer in time may be charged in full. */
const spentOf = (writing: Writing<TextPurpose>, reserved: number): number => {
  const told = writing.tokens.input + writing.tokens.output;
  return writing.outcome === 'failed' && writing.why === 'timed out' ? Math.max(told, reserved) : told;
};

const NO_TOKENS: Tokens = { input: 0, output: 0 };

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The budget's correction is worth less than the text: its loss is told, not thrown. */
const settled = async (
  { budgets, events }: WritingPorts,
  spending: { userId: string; day: string; difference: number },
): Promise<void> => {
  const { userId, day, difference } = spending;
  if (difference === 0) return;
  try {
    await budgets.settle(userId, day, difference);
  } catch (error) {
    events.lost('budget of texts', error);
  }
};

const checked = <P extends TextPurpose>(
  ports: WritingPorts,
  task: WritingTask<P>,
  writing: Writing<P>,
): WritingResult<P> => {
  if (writing.outcome === 'failed') return { outcome: 'failed', why: writing.why };
  const { answer, tokens, model } = writing;
  if (!isGood(task.purpose, answer, task)) return { outcome: 'failed', why: 'failed the check' };
  const writtenAt = ports.clock();
  const { hash, sheet } = task;
  const expiresAt = writtenAt + ports.ttlMs;
  return {
    outcome: 'written',
    text: { state: 'written', hash, answer, ...citedOf(answer, sheet), writtenAt, expiresAt, model, tokens },
  };
};

/**
 * A text by the model, checked against the facts: the tokens are taken from the budgets first and corrected afterwards. Nothing is
 * kept here. Throws only what the budget's store throws.
 */
export const writeText = async <P extends TextPurpose>(
  ports: WritingPorts,
  task: WritingTask<P>,
): Promise<WritingResult<P>> => {
  const { purpose, userId, sheet, domain, deadline } = task;
  const prompt = promptOf(purpose, sheet, domain);
  const mostTokens = MOST_TOKENS[purpose];
  const reserved = tokensOf(prompt) + mostTokens;
  const day = dayOf(ports.clock());
  const granted = await ports.budgets.reserve(userId, day, reserved, ports.limits);
  if (granted !== 'granted') {
    ports.events.generated(purpose, granted, NO_TOKENS);
    return { outcome: 'failed', why: granted };
  }
  const withinMs = deadline - ports.clock();
  if (withinMs < LEAST_MS) {
    await settled(ports, { userId, day, difference: -reserved });
    return { outcome: 'failed', why: 'timed out' };
  }
  const writing = await ports.writer.write(purpose, prompt, { withinMs, mostTokens });
  const result = checked(ports, task, writing);
  const outcome = result.outcome === 'written' ? 'written' : result.why;
  ports.events.generated(purpose, outcome, writing.tokens);
  await settled(ports, { userId, day, difference: spentOf(writing, reserved) - reserved });
  return result;
};
