import { inspect } from 'node:util';
import { endWithParent } from './end-with-parent.ts';
import { readSettings } from './settings.ts';
import { startServer } from './start-server.ts';

const terminal = process.stdout;
const errors = process.stderr;

/** What the worker holds longer than this is handled again after the next start. */
const LONGEST_STOP_MS = 5_000;

const stopWith = (code: number) => () => process.exit(code);

const quickStart = (url: string): string => {
  const origin = new URL(url).origin;
  return [
    `ready ${url}`,
    'a token for the user "ada":',
    `  curl -s ${origin}/local/token -H 'content-type: application/json' -d '{"sub":"ada"}'`,
    '',
  ].join('\n');
};

try {
  const settings = readSettings(process.env);
  const server = await startServer(settings, (line) => terminal.write(`${line}\n`));
  terminal.write(quickStart(server.url));
  const stop = () => {
    terminal.write('stopping\n');
    setTimeout(stopWith(0), LONGEST_STOP_MS);
    server.close().then(stopWith(0), stopWith(1));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  endWithParent(process.env, stop);
} catch (error) {
  const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  errors.write(taken ? 'The port is taken: choose another one with PORT=<number>\n' : `${inspect(error)}\n`);
  process.exit(1);
}
