import { homepageFaults } from '../homepage/homepage-faults.ts';
import { matchingFaults } from '../recommend/match/matching-faults.ts';
import { actionFaults } from './action-faults.ts';
import { type DomainFault, doubled, faultsOfEach } from './fault.ts';
import { generationFaults } from './generation-faults.ts';
import { type KnownNames, knownNames } from './known-names.ts';
import { isMetric } from './metrics.ts';
import { textFaults } from './text-faults.ts';
import type { Domain } from './types.ts';

const headFaults = (domain: Domain, { actions }: KnownNames): DomainFault[] => [
  ...doubled('domain', domain.contentTypes, 'type', 'contentTypes.'),
  ...doubled('domain', domain.metrics, 'metric', 'metrics.'),
  ...doubled('domain', domain.pages, 'page', 'pages.'),
  ...faultsOfEach(
    'domain',
    domain.pages,
    (page) =>
      page.actions.flatMap((action, index) =>
        actions.has(action)
          ? []
          : [{ path: `actions.${index}`, message: `"${action}" is no action of this domain` }],
      ),
    'pages.',
  ),
];

const achievementFaults = ({ achievements }: Domain, { metrics }: KnownNames): DomainFault[] => [
  ...doubled('achievements', achievements, 'id'),
  ...faultsOfEach('achievements', achievements, ({ metric }) =>
    isMetric(metric, metrics) ? [] : [{ path: 'metric', message: `"${metric}" is no metric of this domain` }],
  ),
];

/** Everything that is wrong with a domain and that a schema cannot say: names that lead nowhere, texts that could not be rendered. */
export const domainFaults = (domain: Domain): DomainFault[] => {
  const known = knownNames(domain);
  return [
    ...headFaults(domain, known),
    ...actionFaults(domain.actions, known),
    ...textFaults(domain.texts, known),
    ...achievementFaults(domain, known),
    ...generationFaults(domain),
    ...homepageFaults(domain),
    ...matchingFaults(domain),
  ];
};
