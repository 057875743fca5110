import { type ConfigTrace, shorterConfigTrace } from '../../../core/decisions/config-trace.ts';
import { CONFIG_ID, partsOfConfigId } from '../../../core/decisions/decision-id.ts';
import { CONFIG_DICTIONARY } from '../dictionaries.ts';
import { itemBytes, WRITE_UNIT_BYTES } from '../item-size.ts';
import { type Item, isLive, key, ttlSeconds, userOf, userPartition } from '../keys.ts';
import { type HeadRow, packHeads, unpackHeads } from '../packed-heads.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import type { ConfigDecision, ConfigHeads, Decision } from '../store-types.ts';
import { KEPT_MS } from './decision.ts';

/** Sorts directly before the profile, so that one Query brings the newest decisions with the user. */
export const CONFIG_DECISION_SORT = 'PERSONAL#DECISION#';

export const configDecisionKey = (userId: string, decisionId: string) =>
  key(userPartition(userId), `${CONFIG_DECISION_SORT}${decisionId.slice(CONFIG_ID.length)}`);

/** Contexts whose last decision an item knows: all, those that give way to nothing but the trace, those that do not. */
const [MOST_HEADS, MANY_HEADS, FEW_HEADS] = [24, 12, 8];

const rowsOf = ({ context, digest, decisionId, decidedAt, earlier }: ConfigDecision): HeadRow[] => {
  const others = [...earlier].filter(
    ([other, head]) => other !== context && decidedAt - partsOfConfigId(head.decisionId).decidedAt < KEPT_MS,
  );
  return [[context, { decisionId, digest }], ...others];
};

const itemOf = (decision: ConfigDecision, heads: readonly HeadRow[], trace: ConfigTrace): Item => ({
  ...configDecisionKey(decision.userId, decision.decisionId),
  EntityType: 'ConfigDecision',
  v: 1,
  ttl: ttlSeconds(decision.decidedAt + KEPT_MS),
  heads: packHeads(heads),
  body: packJson(trace, CONFIG_DICTIONARY),
});

/** From all that is worth keeping to what always fits: contexts decided long ago go first, then what the trace can do without. */
function* attempts(trace: ConfigTrace): Generator<[heads: number, trace: ConfigTrace]> {
  yield [MOST_HEADS, trace];
  yield [MANY_HEADS, trace];
  let shorter: ConfigTrace | undefined = trace;
  for (let last = trace; shorter; shorter = shorterConfigTrace(last)) {
    last = shorter;
    yield [FEW_HEADS, last];
  }
}

/** The item of a config decision, small enough for one write unit. */
export const configDecisionToItem = (decision: ConfigDecision): Item => {
  const rows = rowsOf(decision);
  let item: Item = {};
  for (const [heads, trace] of attempts(decision.body)) {
    item = itemOf(decision, rows.slice(0, heads), trace);
    if (itemBytes(item) <= WRITE_UNIT_BYTES) break;
  }
  return item;
};

const idOf = (item: Item): string => CONFIG_ID + String(item.SK).slice(CONFIG_DECISION_SORT.length);

export const isConfigDecision = (item: Item): boolean => String(item.SK).startsWith(CONFIG_DECISION_SORT);

export const configDecisionFromItem = (item: Item): Decision<ConfigTrace> => {
  const decisionId = idOf(item);
  const [own] = unpackHeads(item.heads as Uint8Array, decisionId);
  return {
    userId: userOf(item),
    decisionId,
    digest: own?.[1].digest,
    decidedAt: partsOfConfigId(decisionId).decidedAt,
    body: unpackJson<ConfigTrace>(item.body, CONFIG_DICTIONARY),
  };
};

/**
 * The last decision of each context, from one or more items of config decisions, the newest first. What two at once did not
 * know of each other is put together where both were read. `now` in ms.
 */
export const configHeadsFrom = (items: readonly Item[], now: number): ConfigHeads => {
  const rows = items
    .filter((item) => isLive(item, now))
    .flatMap((item) => unpackHeads(item.heads as Uint8Array, idOf(item)))
    .filter(([, { decisionId }]) => now - partsOfConfigId(decisionId).decidedAt < KEPT_MS)
    .sort(([, a], [, b]) => (a.decisionId < b.decisionId ? 1 : -1));
  const heads = new Map<string, HeadRow[1]>();
  for (const [context, head] of rows) if (!heads.has(context)) heads.set(context, head);
  return heads;
};
