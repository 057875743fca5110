/**
 * Plays a week of one simulated user of a product through HTTP, and prints what changed in the answers and why.
 * Usage: npm run demo -- learning|video|film|real-estate|saas [--url http://localhost:3000/api] [--fast]
 * Without --url it starts a local server of its own, in a folder that is removed at the end. Exit code 1 where
 * something does not answer as it should.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DemoFault } from './demo/fault.ts';
import { pauseBetweenDays } from './demo/pause.ts';
import { play } from './demo/play.ts';
import { paperOn } from './demo/print/paper.ts';
import { products } from './demo/products/all.ts';
import type { Product } from './demo/products/product.ts';
import { startDemoServer } from './demo/server.ts';

const names = products.map(({ name }) => name).join('|');
const USAGE = `Usage: npm run demo -- ${names} [--url http://localhost:3000/api] [--fast]
  --url   plays against this local server, started with ATTUNE_DOMAIN=<product>
  --fast  no pauses between the days`;

const paper = paperOn(process.stdout, process.env);

const complain = (text: string): void => void process.stderr.write(`${text}\n`);

const readArguments = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        fast: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return { ...values, names: positionals };
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
};

/** Shows that the server is coming up, where somebody watches. */
const whileWaiting = async <T>(text: string, work: Promise<T>): Promise<T> => {
  const started = Date.now();
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  const show = () =>
    paper.overwrite(
      `  ${frames[Math.floor((Date.now() - started) / 80) % frames.length]} ${text} ${((Date.now() - started) / 1000).toFixed(0)} s`,
    );
  const timer = setInterval(show, 80);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    paper.overwrite('');
  }
};

/** A server of its own, which goes with this process however that ends. */
const serve = (product: Product) => {
  const server = startDemoServer(product.name);
  process.once('exit', server.kill);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
  return server;
};

const run = async (product: Product, { url, fast }: { url?: string | undefined; fast: boolean }) => {
  const pause = pauseBetweenDays(process.stdin, paper.live && !fast);
  const playAt = (address: string) =>
    play({ product, url: address, paper, run: randomBytes(3).toString('hex'), now: Date.now(), pause });
  if (url !== undefined) return playAt(url.replace(/\/+$/, ''));
  const server = serve(product);
  try {
    await playAt(await whileWaiting(`starting a local server for ${product.name}`, server.ready));
  } finally {
    await server.close();
  }
};

// Whoever reads only the beginning (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const options = readArguments();
const product = products.find(({ name }) => name === options?.names[0]);
if (options?.help) paper.write(USAGE);
else if (options === undefined || product === undefined || options.names.length > 1) {
  complain(USAGE);
  process.exitCode = 1;
} else
  await run(product, options).catch((error: unknown) => {
    process.exitCode = 1;
    if (!(error instanceof DemoFault)) throw error;
    complain(`\n${paper.paint('fault', 'It did not answer as it should.')}\n${error.message}`);
  });
