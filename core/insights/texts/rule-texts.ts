import type { Domain, MarketKind, Priority, TextSection } from '../../domains/types.ts';
import type { Fact, FactSheet } from '../facts/types.ts';
import { type Binding, bindFacts } from './bind-facts.ts';
import { type CompiledText, compiledTexts } from './compiled-texts.ts';
import { indexFacts, noneMatches } from './match-facts.ts';
import { render } from './render-template.ts';

/** A text that rules wrote. */
export type RuleText = {
  /** Id of the template. */
  readonly template: string;
  readonly title: string;
  readonly body: string;
  readonly kind?: MarketKind;
  /** Id of an action of the domain. */
  readonly action?: string;
  readonly priority: Priority;
  /** Ids of the facts it rests on; none where it is for everybody. */
  readonly facts: readonly string[];
  readonly reason: string;
};

export type RuleTextsAsk = {
  readonly section: TextSection;
  /** Most texts. */
  readonly limit: number;
  /** Of suggestions: the page on which they are shown, as the application names it. */
  readonly page?: string | undefined;
  /** Ids of actions that must not be proposed, such as dismissed ones (`dismissedActions`). */
  readonly without?: readonly string[] | undefined;
  /** Ids of actions that were done lately (`doneLately`): texts for everybody propose them only where there is nothing else to say. */
  readonly done?: readonly string[] | undefined;
};

/** A template about certain facts, and what decides its place. */
type Candidate = {
  readonly text: CompiledText;
  readonly binding: Binding;
  readonly priority: number;
  readonly specificity: number;
  /** A text for everybody that proposes what was done lately. */
  readonly isIdle: boolean;
  /** 0 for the first facts of a template, 1 for the second. */
  readonly turn: number;
};

const MOST_TURNS = 2;
const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low'];
const FOR_EVERYBODY = 'For everybody: nothing more to the point is known for this place';

const samePage = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const onPage = ({ template: { pages } }: CompiledText, page: string | undefined): boolean =>
  pages === undefined || (page !== undefined && pages.some((one) => samePage(one, page)));

/** One for a text that is made for this page, one for an action that lies close to it. */
const closeness = ({ template }: CompiledText, domain: Domain, page: string | undefined): number => {
  if (page === undefined) return 0;
  const near = domain.pages.find((known) => samePage(known.page, page))?.actions ?? [];
  return (template.pages ? 1 : 0) + (template.action !== undefined && near.includes(template.action) ? 1 : 0);
};

/** The last moment of the date is its last everywhere on earth (12 hours behind UTC); who offers it looks at the user's zone. */
const isOver = ({ action }: CompiledText, now: number): boolean =>
  action?.until !== undefined && now >= Date.parse(action.until) + 36 * 3_600_000;

const candidatesOf = (sheet: FactSheet, domain: Domain, ask: RuleTextsAsk): Candidate[] => {
  const index = indexFacts(sheet);
  const possible = compiledTexts(domain, ask.section).filter(
    (text) =>
      onPage(text, ask.page) &&
      !isOver(text, sheet.takenAt) &&
      !(text.template.action !== undefined && ask.without?.includes(text.template.action)) &&
      noneMatches(index, text.template.unless),
  );
  return possible.flatMap((text) => {
    const { action } = text.template;
    const priority = PRIORITIES.indexOf(text.template.priority);
    const specificity = text.slots.length + closeness(text, domain, ask.page);
    return bindFacts(text.slots, index, MOST_TURNS).map((binding, turn) => ({
      text,
      binding,
      priority,
      specificity,
      isIdle: binding.size === 0 && action !== undefined && (ask.done?.includes(action) ?? false),
      turn,
    }));
  });
};

const inOrder = (a: Candidate, b: Candidate): number =>
  Number(a.binding.size === 0) - Number(b.binding.size === 0) ||
  Number(a.isIdle) - Number(b.isIdle) ||
  a.priority - b.priority ||
  b.specificity - a.specificity ||
  a.turn - b.turn ||
  a.text.order - b.text.order;

/** Whether one before speaks of the same facts (and perhaps more), or proposes the same action. */
const isRepetition = (candidate: Candidate, chosen: readonly Candidate[]): boolean => {
  const { action } = candidate.text.template;
  const facts = [...candidate.binding.values()];
  return chosen.some((before) => {
    if (action !== undefined && before.text.template.action === action) return true;
    const known = [...before.binding.values()];
    return facts.length > 0 && facts.every((fact) => known.includes(fact));
  });
};

/** What facts say, as one reason. */
export const reasonOfFacts = (facts: readonly Fact[]): string =>
  facts.map(({ says }) => says.replace(/\.$/, '')).join('; ');

const textOf = ({ text, binding }: Candidate, domain: Domain): RuleText => {
  const { id, kind, action, priority } = text.template;
  const facts = [...binding.values()];
  return {
    template: id,
    title: render(text.title, binding, domain),
    body: render(text.body, binding, domain),
    ...(kind === undefined ? {} : { kind }),
    ...(action === undefined ? {} : { action }),
    priority,
    facts: facts.map((fact) => fact.id),
    reason: facts.length === 0 ? FOR_EVERYBODY : reasonOfFacts(facts),
  };
};

/**
 * Texts of one section from the domain's templates, for what the sheet knows: by priority, then the most specific first (more facts
 * before fewer; of suggestions, what belongs to the page), then as the domain has them. One template speaks of two facts at most, no
 * two texts rest on the same facts or propose the same action, and texts for everybody fill up what is left of `limit`, those last and alone that propose what was
 * done lately.
 */
export const ruleTexts = (sheet: FactSheet, domain: Domain, ask: RuleTextsAsk): RuleText[] => {
  const chosen: Candidate[] = [];
  for (const candidate of candidatesOf(sheet, domain, ask).sort(inOrder)) {
    if (chosen.length >= ask.limit) break;
    const isSuperfluous = candidate.isIdle && chosen.length > 0;
    if (!isSuperfluous && !isRepetition(candidate, chosen)) chosen.push(candidate);
  }
  return chosen.map((candidate) => textOf(candidate, domain));
};
