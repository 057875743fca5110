import { behaviourToItem } from '../../adapters/dynamodb/entities/behaviour.ts';
import { ledgerToItem } from '../../adapters/dynamodb/entities/ledger-run.ts';
import type { Item } from '../../adapters/dynamodb/keys.ts';
import { emptyState } from '../../core/journal/empty-state.ts';
import type { FactRun, JournalState, JournalStore } from '../../core/journal/ports.ts';
import { recordInteractions } from '../../core/journal/record-interactions.ts';
import { foldInteractions } from '../../core/profile/fold/fold-interactions.ts';
import type { History } from './users.ts';

const RETENTION_MS = 400 * 86_400_000;
const PER_PAGE = 50;

/** A journal of one user in memory. Its pages are not kept: answering never reads them. */
const memoryJournal = () => {
  const kept = { state: emptyState as JournalState, runs: new Map<number, FactRun>() };
  const store: JournalStore = {
    load: async () => kept.state,
    putPage: async () => true,
    getPage: async () => undefined,
    async *pages() {},
    deletePages: async () => undefined,
    putRun: async (_, run) => {
      kept.runs.set(run.n, run);
    },
    deleteRuns: async () => undefined,
    markActive: async () => undefined,
    commit: async (_, next) => {
      kept.state = next;
      return true;
    },
  };
  return { kept, store };
};

/**
 * What the table holds of a user after the history was tracked: behaviour and ledger, by the product's own journal, without
 * the pages.
 */
export const foldedItems = async ({ userId, interactions }: History): Promise<Item[]> => {
  const { kept, store } = memoryJournal();
  for (let from = 0; from < interactions.length; from += PER_PAGE) {
    const batch = interactions.slice(from, from + PER_PAGE);
    await recordInteractions({
      store,
      fold: foldInteractions,
      userId,
      interactions: batch,
      now: batch.at(-1)?.occurredAt ?? 0,
      retentionMs: RETENTION_MS,
      loaded: kept.state,
      marked: true,
    });
  }
  return [
    behaviourToItem(userId, kept.state),
    ...[...kept.runs.values()].map((run) => ledgerToItem(userId, run)),
  ];
};
