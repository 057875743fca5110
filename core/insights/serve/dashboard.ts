import type { ChosenActions } from '../../actions/choose-actions.ts';
import { shownScore } from '../../recommend/answers.ts';
import { recommendationIdOf } from '../../recommend/serve/decision-trace.ts';
import type { RecommendResult } from '../../recommend/types.ts';
import { userSignals } from '../../recommend/user-signals.ts';
import { marketIn } from '../facts/market-in.ts';
import { insightsSlot } from '../generate/text-slots.ts';
import { askIfWanted } from './ask-if-wanted.ts';
import { type KnownUser, knownUser } from './insight-sheet.ts';
import { insightsPlace, insightsTraceOf } from './insights-trace.ts';
import { keepInsights } from './keep-insights.ts';
import { actionsFor, keepOffers } from './offer-actions.ts';
import type { DashboardPorts, InsightAsk } from './ports.ts';
import { type SectionAsk, sectionTexts } from './section-texts.ts';
import { suggestedContents } from './suggested-contents.ts';
import { actionText, marketText } from './text-answers.ts';
import { type TextChoice, textChoice } from './text-choice.ts';
import { textProvenance } from './text-provenance.ts';

const CONTEXT = 'dashboard';
const NO_TEXTS = 'Nothing that is known now asks for one';
const SECTIONS = {
  priorityActions: { section: 'priorityActions', limit: 3 },
  marketInsights: { section: 'marketInsights', limit: 3 },
} as const satisfies Record<string, SectionAsk>;

const contentsOf = ({ items }: RecommendResult, decisionId: string) =>
  items.map(({ itemId, item, score, confidence, reason }, position) => ({
    recommendationId: recommendationIdOf(decisionId, position),
    contentId: itemId,
    contentType: item.type,
    title: item.title,
    ...(item.url !== undefined && { url: item.url }),
    relevanceScore: shownScore(score),
    confidenceScore: shownScore(confidence),
    reason,
  }));

const offeredOf = ({ offered }: ChosenActions) =>
  offered.map(({ expiresAt, probability, expectedValue, ...action }) => ({
    ...action,
    probability: shownScore(probability),
    expectedValue: shownScore(expectedValue),
    expiresAt: new Date(expiresAt).toISOString(),
  }));

/** Why a list is empty, by its name; lists with something in them are left out. */
const emptyReasons = (lists: Record<string, readonly [entries: readonly unknown[], reason: string]>) =>
  Object.fromEntries(
    Object.entries(lists)
      .filter(([, [entries]]) => entries.length === 0)
      .map(([name, [, reason]]) => [name, reason]),
  );

const sameActions = (one: ChosenActions, other: ChosenActions): boolean =>
  one.offered.map(({ action }) => action).join() === other.offered.map(({ action }) => action).join();

const read = async (ports: DashboardPorts, { userId, domain, now }: InsightAsk) => {
  const place = insightsPlace(CONTEXT, domain.name);
  const slot = insightsSlot(domain);
  const [shared, models, seal, loaded, last, state, offers] = await Promise.all([
    ports.shared(),
    ports.userModels(),
    ports.userSeal(),
    ports.users.load(userId, { parts: 'all', now }),
    ports.decisions.lastInContext(userId, place, now),
    ports.writes ? ports.texts.get(userId, slot, now) : undefined,
    ports.offers.get(userId),
  ]);
  return { place, slot, shared, models, seal, loaded, last, state, offers };
};

const textsOf = (choice: TextChoice<'insights'>, known: KnownUser, { domain }: InsightAsk) => ({
  priority: sectionTexts(choice, { ...known, domain }, SECTIONS.priorityActions).filter(
    ({ action }) => action !== undefined,
  ),
  market: sectionTexts(choice, { ...known, domain }, SECTIONS.marketInsights),
});

/**
 * The morning page of a user. Round trips: the user (and, beside it, the last dashboard, the text and the offers), the neighbours, and
 * side by side whatever is new: the trace, the offers, a request for a text. No model is waited for. Of a user who does not allow
 * personalisation nothing is used and nothing is written.
 */
export const dashboard = async (ports: DashboardPorts, ask: InsightAsk) => {
  const { userId, domain, now, newId } = ask;
  const { place, slot, shared, models, seal, loaded, last, state, offers } = await read(ports, ask);
  const known = knownUser(loaded, { userId, domain, marketOf: marketIn(shared), models, now });
  const { personalised, sheet } = known;
  const { hash } = sheet;
  const choice = textChoice<'insights'>({ known, hash, state, writes: ports.writes, now });
  const { priority, market } = textsOf(choice, known, ask);
  const question = { shared, loaded, user: userSignals(userId, loaded, now) };
  const contents = await suggestedContents(ports, question, { domain, now });
  const provenance = textProvenance(choice, { personalised, now });
  const offering = { userId, domain, known, now };
  const first = actionsFor(offering, offers);
  const keep = ({ offered }: ChosenActions): Promise<string> => {
    const trace = insightsTraceOf({
      context: CONTEXT,
      domain: domain.name,
      source: provenance.source,
      by: choice.by,
      because: choice.by === 'rules' ? choice.because : undefined,
      hash,
      texts: [...priority, ...market],
      actions: offered,
      list: { result: contents, model: shared.model?.version ?? 0 },
    });
    return keepInsights(ports, { userId, place, now, newId, seal, last, personalised }, trace);
  };
  const [actions, firstId] = await Promise.all([
    keepOffers(ports.offers, offering, first),
    keep(first),
    askIfWanted(ports, choice, { userId, slot, hash, now }),
  ]);
  const decisionId = sameActions(first, actions) ? firstId : await keep(actions);
  ports.events.served('insights', choice.by, choice.by === 'rules' ? choice.because : undefined);
  return {
    userId,
    priorityActions: priority.map(actionText),
    suggestedContent: contentsOf(contents, decisionId),
    marketInsights: market.map(marketText),
    nextBestActions: offeredOf(actions),
    reasons: emptyReasons({
      priorityActions: [priority, NO_TEXTS],
      suggestedContent: [contents.items, contents.reason || 'The catalogue has nothing for this user'],
      marketInsights: [market, NO_TEXTS],
      nextBestActions: [actions.offered, actions.reason ?? 'No action can be offered now'],
    }),
    ...provenance,
    decisionId,
    domain: domain.name,
  };
};
