import { resolve } from 'node:path';
import { type BedrockSetting, bedrockSetting } from './bedrock/bedrock-setting.ts';

/** How the local server runs; read from the environment once, by `main.ts`. */
export type Settings = {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** Loopback by default: the server hands out tokens to anyone who can reach it. */
  readonly host: string;
  readonly dataDir: string;
  readonly region: string;
  /** Counts what reaches the table and serves it at `GET /local/meter`. */
  readonly metered: boolean;
  /** Whether the scheduled jobs run by themselves. */
  readonly schedule: boolean;
  /** Whether a new data folder starts with the small catalogue. */
  readonly seed: boolean;
  /** Batches that the queue worker handles side by side. */
  readonly consumers: number;
  /** How long the worker may take for a batch; its messages stay hidden from the other consumers meanwhile. */
  readonly visibilitySeconds: number;
  /** What `size` is told on AWS: `lambda`, `auto` or `spark`. There is no Spark here: a run that needs it fails and says so. */
  readonly trainingEngine: string;
  /** What one user may ask per second and at once: of all functions together, which share this process. */
  readonly callerRate: number;
  readonly callerBurst: number;
  /** The product whose texts and actions are used; undefined: the default of the functions, and the catalogues of all are loaded. */
  readonly domain?: string | undefined;
  /** Who writes texts. */
  readonly bedrock: BedrockSetting;
  readonly logLevel: string;
  /** Where the Lambdas' output goes: the file `attune.log` in the data folder, or the terminal. */
  readonly logTo: 'file' | 'terminal';
};

const whole = (text: string | undefined, fallback: number, name: string): number => {
  const value = text === undefined || text === '' ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number, it is "${text}"`);
  return value;
};

const positive = (text: string | undefined, fallback: number, name: string): number => {
  const value = whole(text, fallback, name);
  if (value === 0) throw new Error(`${name} must be at least 1`);
  return value;
};

/** @throws Error naming the variable that cannot be read. */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => ({
  port: whole(env.PORT, 3000, 'PORT'),
  host: env.HOST ?? '127.0.0.1',
  dataDir: resolve(env.DATA_DIR || '.attune'),
  region: env.AWS_REGION ?? 'us-east-1',
  metered: env.ATTUNE_METER === '1',
  schedule: env.ATTUNE_SCHEDULE !== 'off',
  seed: env.ATTUNE_SEED !== 'off',
  consumers: whole(env.ATTUNE_CONSUMERS, 2, 'ATTUNE_CONSUMERS'),
  visibilitySeconds: whole(env.ATTUNE_VISIBILITY_SECONDS, 120, 'ATTUNE_VISIBILITY_SECONDS'),
  trainingEngine: env.ATTUNE_TRAINING_ENGINE || 'lambda',
  callerRate: positive(env.ATTUNE_CALLER_RATE, 2_000, 'ATTUNE_CALLER_RATE'),
  callerBurst: positive(env.ATTUNE_CALLER_BURST, 4_000, 'ATTUNE_CALLER_BURST'),
  domain: env.ATTUNE_DOMAIN || undefined,
  bedrock: bedrockSetting(env),
  logLevel: env.ATTUNE_LOG_LEVEL ?? 'WARN',
  logTo: env.ATTUNE_LOG === 'terminal' ? 'terminal' : 'file',
});
