import type { ActionDefinition, Domain, TextSection, TextTemplate } from '../../domains/types.ts';
import type { Slot } from './bind-facts.ts';
import { fieldsNeeded, type Wording, wordingOf } from './render-template.ts';

/** A template with its words cut and what they need. */
export type CompiledText = {
  readonly template: TextTemplate;
  /** Place in the domain's file. */
  readonly order: number;
  readonly slots: readonly Slot[];
  readonly title: Wording;
  readonly body: Wording;
  readonly action: ActionDefinition | undefined;
};

const compiled = (
  template: TextTemplate,
  order: number,
  actions: ReadonlyMap<string, ActionDefinition>,
): CompiledText => {
  const [title, body] = [wordingOf(template.title), wordingOf(template.body)];
  const slots = Object.entries(template.facts).map(([alias, pattern]) => ({
    alias,
    pattern,
    fields: [...new Set(fieldsNeeded([...title, ...body], alias))],
  }));
  const action = template.action === undefined ? undefined : actions.get(template.action);
  return { template, order, slots, title, body, action };
};

const known = new WeakMap<Domain, ReadonlyMap<TextSection, readonly CompiledText[]>>();

const compileAll = (domain: Domain): ReadonlyMap<TextSection, readonly CompiledText[]> => {
  const actions = new Map(domain.actions.map((action) => [action.id, action]));
  return Map.groupBy(
    domain.texts.map((template, order) => compiled(template, order, actions)),
    ({ template }) => template.section,
  );
};

/** The templates of a section, compiled once for as long as the domain stays in memory. */
export const compiledTexts = (domain: Domain, section: TextSection): readonly CompiledText[] => {
  const sections = known.get(domain) ?? compileAll(domain);
  known.set(domain, sections);
  return sections.get(section) ?? [];
};
