import type { IncomingMessage } from 'node:http';

/** API Gateway's own limit; endpoints may set a smaller one. */
export const largestBody = 10 * 1024 * 1024;

/** The body is above the limit. */
export class BodyTooLarge extends Error {}

/**
 * Reads a body up to the limit. The rest of a larger one is received and dropped, so that the client gets to read the
 * answer and not a broken connection.
 */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes <= largestBody) parts.push(part as Buffer);
    else parts.length = 0;
  }
  if (bytes > largestBody)
    throw new BodyTooLarge(`The body has ${bytes} bytes; at most ${largestBody} are taken`);
  return Buffer.concat(parts);
};
