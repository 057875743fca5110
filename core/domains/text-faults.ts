import type { FactKind } from '../insights/facts/types.ts';
import { PAGE_KINDS } from './fact-words.ts';
import { type DomainFault, doubled, type EntryFault, faultsOfEach } from './fault.ts';
import type { KnownNames } from './known-names.ts';
import { neverThere, patternFaults, patternsFaults } from './pattern-faults.ts';
import { TEXT_SECTIONS, type TextTemplate } from './types.ts';
import { wordingFaults } from './wording-faults.ts';

/** What users wrote is for models only, and only suggestions know of a page. */
const neverIn = ({ section }: TextTemplate): readonly FactKind[] =>
  section === 'suggestions' ? ['feedback'] : ['feedback', ...PAGE_KINDS];

const factsFaults = (text: TextTemplate, known: KnownNames): EntryFault[] => [
  ...Object.entries(text.facts).flatMap(([alias, pattern]) => [
    ...patternFaults(`facts.${alias}`, pattern, known),
    ...neverThere(`facts.${alias}`, pattern, neverIn(text)),
  ]),
  ...patternsFaults('unless', text.unless, known, neverIn(text)),
];

const kindFaults = ({ section, kind }: TextTemplate): EntryFault[] => {
  if (section === 'marketInsights')
    return kind === undefined ? [{ path: 'kind', message: 'is needed in marketInsights' }] : [];
  return kind === undefined ? [] : [{ path: 'kind', message: 'is for marketInsights only' }];
};

const WITH_ACTION = ['suggestions', 'priorityActions'];

const actionFaults = ({ section, action }: TextTemplate, { actions }: KnownNames): EntryFault[] => {
  if (action === undefined)
    return WITH_ACTION.includes(section) ? [{ path: 'action', message: `is needed in ${section}` }] : [];
  return actions.has(action) ? [] : [{ path: 'action', message: `"${action}" is no action of this domain` }];
};

const pageFaults = ({ section, pages }: TextTemplate, known: KnownNames): EntryFault[] => {
  if (pages && section !== 'suggestions') return [{ path: 'pages', message: 'is for suggestions only' }];
  return (pages ?? []).flatMap((page, index) =>
    known.pages.has(page) ? [] : [{ path: `pages.${index}`, message: `"${page}" is no page of this domain` }],
  );
};

const isForEverybody = ({ facts, unless = [], pages }: TextTemplate): boolean =>
  Object.keys(facts).length === 0 && unless.length === 0 && pages === undefined;

const emptySections = (texts: readonly TextTemplate[]): DomainFault[] => {
  const served = new Set(texts.filter(isForEverybody).map(({ section }) => section));
  return TEXT_SECTIONS.filter((section) => !served.has(section)).map((section) => ({
    file: 'texts',
    path: section,
    message: 'needs a text for everybody: without facts, unless and pages',
  }));
};

/** What is wrong with the texts of a domain beyond their shape. */
export const textFaults = (texts: readonly TextTemplate[], known: KnownNames): DomainFault[] => [
  ...doubled('texts', texts, 'id'),
  ...faultsOfEach('texts', texts, (text) => [
    ...factsFaults(text, known),
    ...kindFaults(text),
    ...actionFaults(text, known),
    ...pageFaults(text, known),
    ...wordingFaults('title', text.title, text.facts),
    ...wordingFaults('body', text.body, text.facts),
  ]),
  ...emptySections(texts),
];
