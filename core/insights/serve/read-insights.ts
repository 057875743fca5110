import { marketIn } from '../facts/market-in.ts';
import { insightsSlot } from '../generate/text-slots.ts';
import { askIfWanted } from './ask-if-wanted.ts';
import { factViews } from './fact-views.ts';
import { knownUser } from './insight-sheet.ts';
import { insightsPlace, insightsTraceOf } from './insights-trace.ts';
import { keepInsights } from './keep-insights.ts';
import type { InsightAsk, InsightPorts } from './ports.ts';
import { type Prediction, predictionsOf } from './predictions.ts';
import { sectionTexts } from './section-texts.ts';
import type { ShownText } from './shown-texts.ts';
import { wholeText } from './text-answers.ts';
import { textChoice } from './text-choice.ts';
import { textProvenance } from './text-provenance.ts';

const CONTEXT = 'insights';
const [CLAIMS, PREDICTIONS, ADVICE] = [4, 8, 4];

const read = async (ports: InsightPorts, { userId, domain, now }: InsightAsk) => {
  const place = insightsPlace(CONTEXT, domain.name);
  const slot = insightsSlot(domain);
  const [shared, models, seal, loaded, last, state] = await Promise.all([
    ports.shared(),
    ports.userModels(),
    ports.userSeal(),
    ports.users.load(userId, { parts: 'head', now }),
    ports.decisions.lastInContext(userId, place, now),
    ports.writes ? ports.texts.get(userId, slot, now) : undefined,
  ]);
  return { place, slot, shared, models, seal, loaded, last, state };
};

const claimOf = (shown: ShownText) => ({
  text: wholeText(shown),
  reason: shown.reason,
  facts: shown.facts,
});

const adviceOf = ({ title, text, action, target, reason, facts }: ShownText) => ({
  title,
  text,
  ...(action !== undefined && { action, target }),
  reason,
  facts,
});

/** What rests on facts as they were when a model wrote, and what on those of now: texts of rules and the engine's own predictions. */
const whoCites = (texts: readonly ShownText[], predictions: readonly Prediction[]) => {
  const byModel = texts.filter(({ template }) => template === undefined);
  const byRules = texts.filter(({ template }) => template !== undefined);
  const reasons = new Set(byModel.map(({ reason }) => reason));
  return { byModel, others: [...byRules, ...predictions.filter(({ reason }) => !reasons.has(reason))] };
};

/**
 * What the engine makes of a user: behaviour, predictions with their factors, advice, and the facts. The freshest text of a model, or
 * that of rules while a new one is asked for.
 */
export const readInsights = async (ports: InsightPorts, ask: InsightAsk) => {
  const { userId, domain, now, newId } = ask;
  const { place, slot, shared, models, seal, loaded, last, state } = await read(ports, ask);
  const known = knownUser(loaded, { userId, domain, marketOf: marketIn(shared), models, now });
  const { personalised, sheet } = known;
  const { hash } = sheet;
  const choice = textChoice<'insights'>({ known, hash, state, writes: ports.writes, now });
  const subject = { ...known, domain };
  const behaviour = sectionTexts(choice, subject, { section: 'behaviour', limit: CLAIMS });
  const foretold = sectionTexts(choice, subject, { section: 'predictions', limit: PREDICTIONS });
  const advice = sectionTexts(choice, subject, { section: 'advice', limit: ADVICE });
  const predictions = predictionsOf(known, foretold, { models, now });
  const provenance = textProvenance(choice, { personalised, now });
  const trace = insightsTraceOf({
    context: CONTEXT,
    domain: domain.name,
    source: provenance.source,
    by: choice.by,
    because: choice.by === 'rules' ? choice.because : undefined,
    hash,
    texts: [...behaviour, ...foretold, ...advice],
  });
  const [decisionId] = await Promise.all([
    keepInsights(ports, { userId, place, now, newId, seal, last, personalised }, trace),
    askIfWanted(ports, choice, { userId, slot, hash, now }),
  ]);
  ports.events.served('insights', choice.by, choice.by === 'rules' ? choice.because : undefined);
  return {
    userId,
    behaviour: behaviour.map(claimOf),
    predictions,
    advice: advice.map(adviceOf),
    facts: factViews(sheet.facts, choice, whoCites([...behaviour, ...foretold, ...advice], predictions)),
    ...provenance,
    decisionId,
    domain: domain.name,
  };
};
