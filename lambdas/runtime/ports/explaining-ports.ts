import type { ReadDecisionPorts } from '../../../core/decisions/read-decision.ts';
import { features } from '../kept/features.ts';
import { experimentsAt, rulesAt } from '../kept/sets-at.ts';
import { lazily } from '../lazily.ts';
import { userSeal } from './decision-ports.ts';
import { catalog, decisions, journal } from './table-ports.ts';

const titles = async (itemIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (itemIds.length === 0) return new Map();
  const items = await catalog().getMany(itemIds, Date.now());
  return new Map(items.map(({ itemId, title }) => [itemId, title]));
};

/** What explaining decisions needs. */
export const explaining = lazily(
  (): ReadDecisionPorts => ({
    decisions: decisions(),
    userSeal,
    journal: journal(),
    rulesAt,
    experimentsAt,
    features,
    titles,
  }),
);
