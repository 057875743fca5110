import type { FactKind } from '../insights/facts/types.ts';
import { PAGE_KINDS } from './fact-words.ts';
import { type DomainFault, doubled, type EntryFault, faultsOfEach } from './fault.ts';
import type { KnownNames } from './known-names.ts';
import { isMetric } from './metrics.ts';
import { patternsFaults } from './pattern-faults.ts';
import type { ActionDefinition } from './types.ts';
import { plainFaults } from './wording-faults.ts';

/** Actions are chosen for the dashboard: no page is known there, and what users wrote is for models only. */
const NEVER: readonly FactKind[] = ['feedback', ...PAGE_KINDS];

const servesFaults = ({ serves = [] }: ActionDefinition, { metrics }: KnownNames): EntryFault[] =>
  serves.flatMap((metric, index) =>
    isMetric(metric, metrics)
      ? []
      : [{ path: `serves.${index}`, message: `"${metric}" is no metric of this domain` }],
  );

const doneByFaults = ({ doneBy }: ActionDefinition, { contentTypes }: KnownNames): EntryFault[] =>
  doneBy.contentType === undefined || contentTypes.has(doneBy.contentType)
    ? []
    : [
        {
          path: 'doneBy.contentType',
          message: `"${doneBy.contentType}" is no content type of this domain`,
        },
      ];

const noneForEverybody = (actions: readonly ActionDefinition[]): DomainFault[] =>
  actions.some(({ when = [], unless = [] }) => when.length + unless.length === 0)
    ? []
    : [{ file: 'actions', path: 'when', message: 'one action at least must be for everybody' }];

/** What is wrong with the actions of a domain beyond their shape. A date in the past (`until`) is not. */
export const actionFaults = (actions: readonly ActionDefinition[], known: KnownNames): DomainFault[] => [
  ...doubled('actions', actions, 'id'),
  ...faultsOfEach('actions', actions, (action) => [
    ...plainFaults('title', action.title),
    ...plainFaults('description', action.description),
    ...doneByFaults(action, known),
    ...patternsFaults('when', action.when, known, NEVER),
    ...patternsFaults('unless', action.unless, known, NEVER),
    ...servesFaults(action, known),
  ]),
  ...noneForEverybody(actions),
];
