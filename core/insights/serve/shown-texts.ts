import type { Domain, MarketKind, Priority, TextSection } from '../../domains/types.ts';
import type { StoredText } from '../ports.ts';
import type { RuleText } from '../texts/rule-texts.ts';
import type { IdNow, StillSo } from './still-so.ts';

/** A text as it is shown, whoever wrote it. */
export type ShownText = {
  readonly section: TextSection;
  /** Of rules: the template. */
  readonly template?: string | undefined;
  /** Empty for claims, which have none. */
  readonly title: string;
  readonly text: string;
  readonly kind?: MarketKind | undefined;
  readonly action?: string | undefined;
  /** What the application opens or runs; there where `action` is. */
  readonly target?: string | undefined;
  readonly priority: Priority;
  readonly facts: readonly string[];
  /** What its facts say. */
  readonly reason: string;
};

/** One of the things that a model writes, by the names that it has in any of them. */
type WrittenPart = {
  readonly title?: string;
  readonly text?: string;
  readonly description?: string;
  readonly body?: string;
  readonly kind?: MarketKind;
  readonly action?: string | undefined;
  readonly priority?: Priority;
  readonly facts: readonly string[];
};

const reasonOf = (facts: readonly string[], says: Readonly<Record<string, string>>): string =>
  facts
    .map((id) => says[id])
    .filter((sentence) => sentence !== undefined)
    .join('; ');

const targetOf = ({ actions }: Domain, action: string | undefined): string | undefined =>
  actions.find(({ id }) => id === action)?.target;

/** True unless the text leads to an action that the domain no longer has. */
const isPossible = ({ action, target }: ShownText): boolean => action === undefined || target !== undefined;

/** A text beside the facts of now. */
export type KeptText = { readonly text: StoredText; readonly isSo: StillSo; readonly idNow: IdNow };

/** Texts of one section that a model wrote; what is no longer so is left out, and what leads to an action that is gone from the domain. */
export const modelTexts = (
  { text, isSo, idNow }: KeptText,
  domain: Domain,
  section: TextSection,
): ShownText[] => {
  const parts = (text.answer as unknown as Partial<Record<TextSection, readonly WrittenPart[]>>)[section];
  return (parts ?? [])
    .filter(({ facts }) => isSo(facts))
    .map((part): ShownText => {
      const { title = '', kind, action, priority = 'medium', facts } = part;
      const target = targetOf(domain, action);
      const words = part.text ?? part.description ?? part.body ?? '';
      return {
        section,
        title,
        text: words,
        kind,
        action,
        target,
        priority,
        facts: facts.map(idNow),
        reason: reasonOf(facts, text.says),
      };
    })
    .filter(isPossible);
};

/** Texts of rules as they are shown. */
export const shownByRules = (texts: readonly RuleText[], domain: Domain, section: TextSection): ShownText[] =>
  texts
    .map((rule): ShownText => {
      const { template, title, body, kind, action, priority, facts, reason } = rule;
      const target = targetOf(domain, action);
      return { section, template, title, text: body, kind, action, target, priority, facts, reason };
    })
    .filter(isPossible);
