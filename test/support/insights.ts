import type { ActionDefinition, Domain, TextTemplate } from '../../core/domains/types.ts';
import { FACT_FIELDS, type Fact, type FactKind, type FactSheet } from '../../core/insights/facts/types.ts';
import { NOON } from './interactions.ts';

type Fields = Readonly<Record<string, string | number>>;

const where = (kind: FactKind, field: string, value: string | number): keyof Fact => {
  if (typeof value === 'number') return 'numbers';
  if ((FACT_FIELDS[kind].words as readonly string[]).includes(field)) return 'words';
  return field === 'due' ? 'dates' : 'names';
};

/** A fact whose fields are put where they belong; `says` names them all, unless another sentence is given. */
export const aFact = (id: string, kind: FactKind, fields: Fields = {}, says?: string): Fact => {
  const of = (place: keyof Fact) =>
    Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => where(kind, field, value) === place),
    );
  const told = Object.entries(fields).map(([field, value]) => `${field} ${value}`);
  return {
    id,
    kind,
    says: says ?? `${kind}: ${told.join(', ')}`,
    names: of('names') as Fact['names'],
    words: of('words') as Fact['words'],
    numbers: of('numbers') as Fact['numbers'],
    dates: of('dates') as Fact['dates'],
  };
};

/** A sheet of these facts. The hash is any one. */
export const aSheet = (facts: readonly Fact[], takenAt = NOON): FactSheet => ({
  facts,
  hash: '0123456789abcdef',
  takenAt,
});

export const anAction = (given: Partial<ActionDefinition> & { id: string }): ActionDefinition => ({
  title: `Do ${given.id}`,
  description: `What ${given.id} is good for.`,
  target: `/${given.id}`,
  value: 50,
  doneBy: { type: given.id.replaceAll('-', '_') },
  cooldownHours: 24,
  cap: { times: 10, days: 30 },
  validHours: 8,
  ...given,
});

export const aText = (given: Partial<TextTemplate> & { id: string }): TextTemplate => ({
  section: 'advice',
  facts: {},
  title: `Title of ${given.id}`,
  body: `Body of ${given.id}`,
  priority: 'medium',
  ...given,
});

/** A small domain, for real estate; what is given stands instead. */
export const aDomain = (overrides: Partial<Domain> = {}): Domain => ({
  name: 'real-estate',
  title: 'Real estate',
  description: 'For agents.',
  audience: 'agent',
  contentTypes: [{ type: 'market_report', one: 'market report', many: 'market reports' }],
  metrics: [{ metric: 'publish', one: 'listing published', many: 'listings published' }],
  pages: [{ page: 'listings', title: 'Your listings', actions: ['create-listing'] }],
  actions: [],
  texts: [],
  prompts: { insights: 'Write for agents.', suggestions: 'Write for agents.' },
  achievements: [],
  ...overrides,
});
