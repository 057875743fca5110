import type { Recommendation, RecommendRequest, RecommendResult, Sources, UserSignals } from '../types.ts';
import { DIVERSITY_BLOCK, diversify } from './diversify.ts';
import { type Eligible, eligibility } from './eligibility.ts';
import { generalCandidates } from './general-candidates.ts';
import { generalLists, hasSignals, listReason, nextRungAfter } from './ladder.ts';
import { type Candidates, personalCandidates } from './personal-candidates.ts';
import { strategyWeights } from './strategy-weights.ts';

/**
 * What one user should see. The user's own signals come first, then the lists of the ladder fill up what is missing,
 * all through one filter and one exclusion set; diversity reorders at the end. `rung` names what the first item came
 * from. `total` counts the eligible candidates that were looked at: more than offset + limit means that more follow.
 */
export function recommend(request: RecommendRequest, user: UserSignals, sources: Sources): RecommendResult {
  const until = request.offset + request.limit;
  const { items, eligible } = climbDown(request, user, { sources, needed: candidatesFor(until, request) });
  const ordered = diversify(items, request.diversity, sources.neighbours, until);
  const page = ordered.slice(request.offset);
  const rung = ordered[0]?.rung ?? 'newest';
  return {
    items: page,
    rung,
    nextRung: nextRungAfter(rung, request, user),
    reason: pageReason(page, ordered, { user, sources }),
    total: eligible,
  };
}

/** One more than the page shows that more follow; diversity chooses from whole blocks, the same for every page. */
function candidatesFor(until: number, { diversity }: RecommendRequest): number {
  return diversity > 0 ? Math.ceil((until + 1) / DIVERSITY_BLOCK) * DIVERSITY_BLOCK : until + 1;
}

function pageReason(
  page: readonly Recommendation[],
  ordered: readonly Recommendation[],
  { user, sources }: { user: UserSignals; sources: Sources },
): string {
  if (page.length === 0 && ordered.length > 0) return 'The list ends before this page.';
  return listReason(page.length, user, sources);
}

/** Fills up to `needed` candidates from the best rung down; an item named by one rung is not named again. */
function climbDown(
  request: RecommendRequest,
  user: UserSignals,
  { sources, needed }: { sources: Sources; needed: number },
): Candidates {
  const eligible = eligibility(request, user, sources.catalog);
  const weights = strategyWeights(request.strategy, sources.weights);
  const personal = weights !== undefined && hasSignals(user);
  const found = personal
    ? personalCandidates({ user, sources, weights }, eligible, needed)
    : { items: [], eligible: 0 };
  const items = [...found.items];
  const named = new Set(items.map(({ itemId }) => itemId));
  const notNamed: Eligible = (itemId) => (named.has(itemId) ? undefined : eligible(itemId));
  let total = found.eligible;
  for (const list of generalLists(request.strategy, user, sources)) {
    if (items.length >= needed) break;
    const ceiling = items[items.length - 1]?.score ?? 1;
    const below = generalCandidates(list, notNamed, { take: needed - items.length, ceiling });
    for (const item of below.items) named.add(item.itemId);
    items.push(...below.items);
    total += below.eligible;
  }
  return { items, eligible: total };
}
