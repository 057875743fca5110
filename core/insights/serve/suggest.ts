import { contextFacts } from '../facts/context-facts.ts';
import { withFacts } from '../facts/fact-sheet.ts';
import type { MarketOf } from '../facts/market-of.ts';
import type { FactSheet } from '../facts/types.ts';
import { attemptsOf, failedText } from '../generate/back-off.ts';
import { suggestionsHash, suggestionsSlot } from '../generate/text-slots.ts';
import { type WritingPorts, writeText } from '../generate/write-text.ts';
import type { StoredText, SuggestionContext, TextFailure, TextSlot } from '../ports.ts';
import type { RulesBecause } from '../types.ts';
import { knownUser } from './insight-sheet.ts';
import { insightsPlace, insightsTraceOf } from './insights-trace.ts';
import { keepInsights } from './keep-insights.ts';
import type { InsightAsk, TextPorts } from './ports.ts';
import { sectionTexts } from './section-texts.ts';
import { actionText } from './text-answers.ts';
import { type TextChoice, textChoice } from './text-choice.ts';
import { textProvenance } from './text-provenance.ts';

/** What suggesting needs: `writing` where a model is set up, `market` from memory or where the catalogue comes soon (`marketUnknown` else). */
export type SuggestPorts = TextPorts & {
  readonly writing: WritingPorts | undefined;
  readonly market: () => Promise<MarketOf>;
};

export type SuggestAsk = InsightAsk & { readonly context: SuggestionContext };

const SUGGESTIONS = 4;

/** An answer is there within this time of the request, in ms; of that so much is left for what is written after the model. */
const ANSWER_MS = 2_000;
const MARGIN_MS = 350;

/** So long others do not ask for the same text, in ms. */
const ASKED_MS = 60_000;

/** After these the text is asked for in the background: the next request may find it. */
const LATER: readonly TextFailure[] = ['timed out', 'throttled', 'unavailable', 'circuit open'];

const read = async (ports: SuggestPorts, { userId, domain, now, context }: SuggestAsk) => {
  const slot = suggestionsSlot(domain, context);
  const place = insightsPlace(`suggestions ${slot.place}`, domain.name);
  const [marketOf, models, seal, loaded, last, state] = await Promise.all([
    ports.market(),
    ports.userModels(),
    ports.userSeal(),
    ports.users.load(userId, { parts: 'head', now }),
    ports.decisions.lastInContext(userId, place, now),
    ports.writing ? ports.texts.get(userId, slot, now) : undefined,
  ]);
  return { slot, place, marketOf, models, seal, loaded, last, state };
};

/** A text to be written now, and what becomes of it. */
type Wanted = {
  readonly ask: SuggestAsk;
  readonly slot: TextSlot;
  readonly sheet: FactSheet;
  readonly hash: string;
};

type Chosen = {
  readonly choice: TextChoice<'suggestions'>;
  /** What is left to be written, side by side with the trace. */
  readonly remember?: () => Promise<void>;
};

/** A store's fault costs the text, never the answer. */
const unlessLost =
  ({ events }: SuggestPorts, work: () => Promise<void>) =>
  async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      events.lost('suggestions of a model', error);
    }
  };

const written = (ports: SuggestPorts, { ask, slot }: Wanted, text: StoredText<'suggestions'>): Chosen => ({
  choice: { by: 'model', text, isSo: () => true, idNow: (id) => id },
  remember: unlessLost(ports, () => ports.texts.put(ask.userId, slot, text)),
});

const byRules = (because: RulesBecause): TextChoice<'suggestions'> => ({
  by: 'rules',
  because,
  wanted: false,
});

/** Rules, and why: what may go well later is asked for in the background, anything else is not tried again for a while. */
const failed = (ports: SuggestPorts, { ask, slot, hash }: Wanted, why: TextFailure): Chosen => {
  const { userId, context, now } = ask;
  const note = async (): Promise<void> => {
    const attempts = attemptsOf(await ports.texts.get(userId, slot, now));
    await ports.texts.fail(userId, slot, failedText({ hash, why, attempts, now }));
  };
  const remember = LATER.includes(why) ? () => ports.queue.send({ userId, slot, hash, context }) : note;
  return { choice: byRules(why), remember: unlessLost(ports, remember) };
};

/** Asks the model for what is left of the two seconds; of requests that come side by side only one does. */
const writeNow = async (ports: SuggestPorts, writing: WritingPorts, wanted: Wanted): Promise<Chosen> => {
  const { ask, slot, sheet, hash } = wanted;
  const { userId, domain, now } = ask;
  try {
    const isFirst = await ports.texts.ask(userId, slot, { hash, now, until: now + ASKED_MS });
    if (!isFirst) return { choice: byRules('being written') };
    const deadline = now + ANSWER_MS - MARGIN_MS;
    const task = { purpose: 'suggestions', userId, domain, sheet, hash, deadline } as const;
    const result = await writeText(writing, task);
    return result.outcome === 'written'
      ? written(ports, wanted, result.text)
      : failed(ports, wanted, result.why);
  } catch (error) {
    ports.events.lost('suggestions of a model', error);
    return { choice: byRules('unavailable') };
  }
};

/**
 * What to do next on a page, within two seconds of `now`: a model's text that was written before, one that it writes now, else texts
 * of rules. Of a user who does not allow personalisation nothing is used and nothing is written; without consent to AI nothing is sent.
 */
export const suggest = async (ports: SuggestPorts, ask: SuggestAsk) => {
  const { userId, domain, context, now, newId } = ask;
  const { slot, place, marketOf, models, seal, loaded, last, state } = await read(ports, ask);
  const known = knownUser(loaded, { userId, domain, marketOf, models, now });
  const { personalised } = known;
  const sheet = withFacts(known.sheet, contextFacts(context, domain));
  const hash = suggestionsHash(known.sheet.hash, context);
  const writes = ports.writing !== undefined;
  const kept = textChoice<'suggestions'>({ known: { ...known, sheet }, hash, state, writes, now });
  const isWanted = kept.by === 'rules' && kept.wanted && ports.writing;
  const { choice, remember }: Chosen = isWanted
    ? await writeNow(ports, isWanted, { ask, slot, sheet, hash })
    : { choice: kept };
  const page = context.currentPage;
  const texts = sectionTexts(
    choice,
    { ...known, sheet, domain },
    { section: 'suggestions', limit: SUGGESTIONS, page },
  );
  const suggestions = texts.filter(({ action }) => action !== undefined);
  const writtenNow = choice !== kept && choice.by === 'model';
  const provenance = textProvenance(choice, { personalised, now, writtenNow });
  const because = choice.by === 'rules' ? choice.because : undefined;
  const trace = insightsTraceOf({
    context: `suggestions ${page}`,
    domain: domain.name,
    source: provenance.source,
    by: choice.by,
    because,
    hash,
    texts: suggestions,
  });
  const [decisionId] = await Promise.all([
    keepInsights(ports, { userId, place, now, newId, seal, last, personalised }, trace),
    remember?.(),
  ]);
  ports.events.served('suggestions', choice.by, because);
  return {
    userId,
    suggestions: suggestions.map(actionText),
    ...provenance,
    decisionId,
    domain: domain.name,
  };
};
