import type { Batch, Entry } from './batches.ts';
import type { Reject } from './rejects.ts';

/** What the bulk endpoints answer. */
export type BulkAnswer = {
  readonly rejected: readonly { index: number; errors: readonly { path: string; message: string }[] }[];
};

type Upload = {
  readonly batches: AsyncGenerator<Batch>;
  readonly send: (payloads: readonly unknown[]) => Promise<BulkAnswer>;
  readonly concurrency: number;
  /** Called for every batch, in the order of the file, once it and all before it are done. */
  readonly commit: (batch: Batch, rejected: readonly Reject[]) => Promise<void>;
};

const reasonOf = (errors: BulkAnswer['rejected'][number]['errors']): string =>
  errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');

const sendBatch = async (entries: readonly Entry[], send: Upload['send']): Promise<Reject[]> => {
  if (entries.length === 0) return [];
  const { rejected } = await send(entries.map(({ payload }) => payload));
  return rejected.map(({ index, errors }) => ({ line: entries[index]?.line ?? 0, reason: reasonOf(errors) }));
};

/** Commits what is done in the order of the file: a batch that is ahead of its turn waits. */
const inOrder = (commit: Upload['commit']) => {
  const waiting = new Map<number, readonly [Batch, readonly Reject[]]>();
  let turn = 0;
  let last = Promise.resolve();
  const flush = async (): Promise<void> => {
    for (let done = waiting.get(turn); done; done = waiting.get(turn)) {
      waiting.delete(turn);
      turn += 1;
      await commit(...done);
    }
  };
  return (batch: Batch, rejected: readonly Reject[]): Promise<void> => {
    waiting.set(batch.index, [batch, rejected]);
    last = last.then(flush);
    return last;
  };
};

/** Sends batches side by side. Stops at the first that the API refuses as a whole, with what was committed before it. */
export const upload = async ({ batches, send, concurrency, commit }: Upload): Promise<void> => {
  const commitInTurn = inOrder(commit);
  let failed = false;
  const sender = async (): Promise<void> => {
    for (;;) {
      const { value: batch, done } = await batches.next();
      if (done || failed) return;
      const refused = await sendBatch(batch.entries, send);
      const rejected = [...batch.rejected, ...refused].sort((a, b) => a.line - b.line);
      await commitInTurn(batch, rejected);
    }
  };
  const guarded = () =>
    sender().catch((error: unknown) => {
      failed = true;
      throw error;
    });
  const results = await Promise.allSettled(Array.from({ length: concurrency }, guarded));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
};
