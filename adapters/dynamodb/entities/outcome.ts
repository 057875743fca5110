import { OUTCOME_SHARDS } from '../../../core/experiments/outcomes/ports.ts';
import type { OutcomeRow } from '../../../core/experiments/outcomes/types.ts';
import { packFacts, unpackFacts } from '../../../core/journal/packed-facts.ts';
import { nameHash } from '../../../core/profile/fold/name-hash.ts';
import { type Item, key, ttlSeconds, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Everything about one line of an experiment is in partitions that begin so; `#<shard>` holds its rows. */
export const linePartition = (line: string): string => `EXPERIMENT#${line}`;

export const outcomePartition = (line: string, shard: number): string => `${linePartition(line)}#${shard}`;

/** Rows of one line are written by many users at once: they are spread over partitions. */
export const shardOfUser = (userId: string): number => nameHash(userId) % OUTCOME_SHARDS;

export const outcomeKey = (line: string, userId: string) =>
  key(outcomePartition(line, shardOfUser(userId)), userPartition(userId));

type Words = Pick<OutcomeRow, 'covariates' | 'metrics' | 'otherArms' | 'mergedFrom'>;

/** One letter per part, and only parts that hold something: each KB is a write unit. */
type Packed = {
  readonly c?: Words['covariates'];
  readonly m?: Words['metrics'];
  readonly o?: Words['otherArms'];
  readonly f?: Words['mergedFrom'];
};

const unlessEmpty = <T extends object>(part: T): T | undefined =>
  Object.keys(part).length > 0 ? part : undefined;

const packed = ({ covariates, metrics, otherArms, mergedFrom }: Words): Packed => ({
  c: unlessEmpty(covariates),
  m: unlessEmpty(metrics),
  o: unlessEmpty(otherArms),
  f: unlessEmpty(mergedFrom),
});

const unpacked = ({ c = {}, m = {}, o = [], f = [] }: Packed): Words => ({
  covariates: c,
  metrics: m,
  otherArms: o,
  mergedFrom: f,
});

export const outcomeToItem = (row: OutcomeRow): Item => {
  const { line, userId, variant, exposedAt, propensity, keys, movedTo, rev, expiresAt } = row;
  const words = packed(row);
  return {
    ...outcomeKey(line, userId),
    EntityType: 'Outcome',
    v: 1,
    variant,
    exposedAt,
    propensity,
    body: Object.values(words).some((part) => part !== undefined) ? packJson(words) : undefined,
    keys: keys.length > 0 ? packFacts(keys) : undefined,
    movedTo,
    rev,
    ttl: ttlSeconds(expiresAt),
  };
};

const SECOND_MS = 1_000;

/** The line is in the partition, the user in the sort key. */
export const outcomeFromItem = (item: Item): OutcomeRow => ({
  ...(item.body ? unpacked(unpackJson<Packed>(item.body)) : unpacked({})),
  line: String(item.PK).split('#')[1] ?? '',
  userId: String(item.SK).slice(userPartition('').length),
  variant: String(item.variant),
  exposedAt: Number(item.exposedAt),
  propensity: Number(item.propensity),
  keys: item.keys instanceof Uint8Array ? unpackFacts(item.keys) : [],
  ...(item.movedTo === undefined ? {} : { movedTo: String(item.movedTo) }),
  rev: Number(item.rev),
  expiresAt: Number(item.ttl) * SECOND_MS,
});
