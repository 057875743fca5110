import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';

/**
 * Sends what Lambdas print to the log, as CloudWatch does, and leaves the terminal to the server.
 * Has to be called before a Lambda is loaded: loggers take hold of the standard streams at once.
 */
export const captureOutput = ({ logTo, dataDir }: Settings): NodeJS.WritableStream => {
  if (logTo === 'terminal') return process.stdout;
  const log = createWriteStream(join(dataDir, 'attune.log'), { flags: 'a' });
  Object.defineProperty(process, 'stdout', { configurable: true, value: log });
  Object.defineProperty(process, 'stderr', { configurable: true, value: log });
  return log;
};
