import { packFacts, unpackFacts } from '../../../core/journal/packed-facts.ts';
import type { FactRun } from '../../../core/journal/ports.ts';
import { type Item, key, PERSONALIZATION, userPartition } from '../keys.ts';

export const LEDGER_SORT = `${PERSONALIZATION}#LEDGER#`;

/** Sorts behind every run and before the precomputed list. */
export const LEDGER_END = `${LEDGER_SORT}~`;

const digits = (n: number): string => String(n).padStart(6, '0');

export const ledgerKey = (userId: string, n: number) =>
  key(userPartition(userId), `${LEDGER_SORT}${digits(n)}`);

export const ledgerToItem = (userId: string, run: FactRun): Item => ({
  ...ledgerKey(userId, run.n),
  EntityType: 'LedgerRun',
  v: 1,
  throughSeq: run.throughSeq,
  facts: packFacts(run.facts),
});

export const ledgerFromItem = (item: Item): FactRun => ({
  n: Number(String(item.SK).slice(LEDGER_SORT.length)),
  throughSeq: Number(item.throughSeq),
  facts: unpackFacts(item.facts as Uint8Array),
});
