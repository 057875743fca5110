/** Entries of one SendMessageBatch call: SQS allows ten, and this many bytes of bodies over all of them. */
export const largestBatch = { entries: 10, bytes: 262_144 } as const;

/** One message body with its size in UTF-8 bytes. */
export type SizedBody = { readonly body: string; readonly bytes: number };

export const sized = (body: string): SizedBody => ({ body, bytes: Buffer.byteLength(body) });

/**
 * Packs bodies into batches that SendMessageBatch accepts, in the order given.
 * @throws RangeError when a single body is above the limit: whoever made it has to cut it.
 */
export const batchEntries = (bodies: readonly SizedBody[]): SizedBody[][] => {
  const batches: SizedBody[][] = [];
  let room = 0;
  for (const entry of bodies) {
    if (entry.bytes > largestBatch.bytes) {
      throw new RangeError(`A message of ${entry.bytes} bytes is above the limit of ${largestBatch.bytes}`);
    }
    const current = batches.at(-1);
    if (current && current.length < largestBatch.entries && entry.bytes <= room) {
      current.push(entry);
      room -= entry.bytes;
    } else {
      batches.push([entry]);
      room = largestBatch.bytes - entry.bytes;
    }
  }
  return batches;
};
