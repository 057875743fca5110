import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The fake of Bedrock in a process of its own, so that its work is not taken for that of functions. */
export const standAloneFake = async (): Promise<{ url: string; close(): void }> => {
  const main = new URL('../../local/bedrock/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /^ready (\S+)/.exec(line)?.[1];
  if (url === undefined) throw new Error(`the fake of Bedrock said: ${line}`);
  return { url, close: () => void child.kill() };
};
