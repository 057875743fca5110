/** The fake of Bedrock by itself, e.g. for functions in an emulator: `node local/bedrock/main.ts --behaviour slow --port 4599`. */
import { parseArgs } from 'node:util';
import { BEHAVIOURS, isBehaviour } from './behaviours.ts';
import { startFakeBedrock } from './fake-bedrock.ts';

const whole = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`--${name} must be a whole number, it is "${text}"`);
  return value;
};

try {
  const { values } = parseArgs({
    options: {
      behaviour: { type: 'string', default: 'well' },
      port: { type: 'string' },
      host: { type: 'string' },
      seed: { type: 'string' },
      latency: { type: 'string' },
      slow: { type: 'string' },
    },
  });
  const { behaviour } = values;
  if (!isBehaviour(behaviour)) throw new Error(`--behaviour must be one of ${BEHAVIOURS.join(', ')}`);
  const fake = await startFakeBedrock({
    behaviour,
    host: values.host,
    port: whole(values.port, 'port'),
    seed: whole(values.seed, 'seed'),
    latencyMs: whole(values.latency, 'latency'),
    slowMs: whole(values.slow, 'slow'),
  });
  process.stdout.write(`ready ${fake.url} ${behaviour}\n`);
  const stop = () => void fake.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
