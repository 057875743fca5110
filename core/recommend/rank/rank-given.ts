import { isExpired } from '../../catalog/matches-filter.ts';
import type { RankedItem } from '../../learn/types.ts';
import type { RankedGiven, Rung, Sources, UserSignals } from '../types.ts';
import { blendPersonal } from './blend.ts';
import { hasSignals } from './ladder.ts';
import { describePersonal } from './personal-candidates.ts';
import { makePool, type Pool, rawScore } from './pool.ts';
import { generalReason } from './reasons.ts';
import { generalConfidence } from './relevance.ts';

/** Without anything personal an item scores at most this: it follows what has personal evidence of any weight to speak of. */
const GENERAL_SHARE = 0.1;

/**
 * Puts a list that the caller brings into this user's order: by personal evidence, then by what rises and what is popular,
 * then as given; expired and dismissed ones score 0. Every id comes back once per mention; unknown ids come last, marked.
 */
export function rankGiven(
  contentIds: readonly string[],
  user: UserSignals,
  sources: Sources,
  now: number,
): RankedGiven[] {
  const pool = makePool();
  if (hasSignals(user)) blendPersonal(pool, user, sources, sources.weights);
  const general = generalScores(sources);
  const scored = contentIds.map((itemId) => describeGiven(itemId, { pool, general, user, sources, now }));
  return scored.sort((a, b) => Number(b.known) - Number(a.known) || b.score - a.score);
}

type General = Map<string, { rung: Rung; source: 'trending' | 'popular'; ranked: RankedItem }>;
type GivenContext = { pool: Pool; general: General; user: UserSignals; sources: Sources; now: number };

/** The better of an item's places in the trending and popular lists. */
function generalScores({ trending, popular }: Sources): General {
  const scores: General = new Map();
  for (const ranked of popular) scores.set(ranked.itemId, { rung: 'popular', source: 'popular', ranked });
  for (const ranked of trending) {
    const known = scores.get(ranked.itemId);
    if (known !== undefined && known.ranked.score >= ranked.score) continue;
    scores.set(ranked.itemId, { rung: 'trending', source: 'trending', ranked });
  }
  return scores;
}

function describeGiven(itemId: string, context: GivenContext): RankedGiven {
  const { pool, general, user, sources } = context;
  const item = sources.catalog.get(itemId);
  if (item === undefined) return { ...unscored(itemId, 'Not in the catalogue'), known: false };
  if (isExpired(item, context.now)) return unscored(itemId, 'Expired');
  if (user.personalised && user.dismissed(itemId)) return unscored(itemId, 'Dismissed by this user');
  const row = pool.rows.get(itemId);
  if (row !== undefined && rawScore(pool, row) > 0) {
    const { score, confidence, reason, scores } = describePersonal(pool, row, {
      user,
      sources,
      weights: sources.weights,
    });
    return { itemId, known: true, score, confidence, reason, scores };
  }
  const place = general.get(itemId);
  if (place === undefined) {
    return {
      itemId,
      known: true,
      score: 0,
      confidence: 0,
      reason: 'No evidence for this item yet',
      scores: {},
    };
  }
  const score = GENERAL_SHARE * Math.max(0, Math.min(1, place.ranked.score));
  return {
    itemId,
    known: true,
    score,
    confidence: generalConfidence(place.ranked.count ?? 0),
    reason: generalReason(place.rung, place.ranked, { item }),
    scores: { [place.source]: score },
  };
}

function unscored(itemId: string, reason: string): RankedGiven {
  return { itemId, known: true, score: 0, confidence: 0, reason, scores: {} };
}
