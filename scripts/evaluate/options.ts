import { allModels } from '../../core/learn/models/all.ts';
import { BadInput } from './bad-input.ts';
import { parsedArgs } from './parsed-args.ts';

/** How the test is cut from the training file where no test file is given. */
export type Split = { kind: 'leave-last-out' } | { kind: 'time'; share: number };

export type EvaluateOptions = {
  train: string;
  test?: string;
  negatives?: string;
  items?: string;
  groups?: string;
  split?: Split;
  model: string;
  params: Record<string, unknown>;
  cutOffs: number[];
  seed: number;
  sessions: boolean;
  tune: boolean;
  useValues: boolean;
  threads?: number;
  memoryBytes: number;
};

/** Half of a Lambda of 10 GB: the rest is for the data, the scores and Node. */
const DEFAULT_MEMORY_MB = 5000;
const MOST_CUT_OFF = 1000;

/** What `--help` prints. */
export function usage(): string {
  const models = allModels.map(({ name, description, parameters, defaults }) => {
    const rows = Object.entries(parameters as Record<string, { meaning: string }>).map(
      ([parameter, { meaning }]) =>
        `      ${parameter} (${JSON.stringify((defaults as Record<string, unknown>)[parameter])}): ${meaning}`,
    );
    return [`  ${name}: ${description}`, ...rows].join('\n');
  });
  return `${OPTIONS}\n\nModels and the parameters that --params sets (default in brackets):\n${models.join('\n')}`;
}

const OPTIONS = `npm run -s evaluate -- --train FILE --model NAME [options]      prints one JSON object

  --train FILE      TSV with a header: user item [value] [order|timestamp]; without order or timestamp the order of rows
  --test FILE       the same; all of a user's rows are what is to be found. Items that --train does not know are misses
  --split RULE      without --test: leave-last-out (default: each user's last item, of users with at least two) or time:0.8
                    (the first 80% of all interactions are trained on, every later one is to be found)
  --negatives FILE  user item1 item2 ... per line: the test item is ranked among these only. Users without a line are not asked
  --items FILE      JSON lines: item or itemId, with tags, title, description ...; items that nobody touched can be recommended too
  --groups FILE     TSV with a header: user group; figures per group. Without it: by length of history (light, medium, heavy)
  --model NAME      see below
  --params JSON     parameters of the model. What is not named is chosen on a validation split cut from --train
  --no-tune         nothing is chosen: what --params does not name keeps its default
  --k LIST          cut-offs (default 10,20); lists of the first length are audited
  --seed N          default 1
  --protocol NAME   users (default) or sessions: user is a session, every next item in it is predicted from those before it
  --use-values      rows weigh what their value says (default: each row weighs 1, as in the published protocols)
  --threads N       default: all cores
  --memory MB       that training may take for arrays (default ${DEFAULT_MEMORY_MB})

Ranking is over all items of --train and --items without the user's own training items (sessions: all items, own ones
included). Ties count against the test item. Metrics are means over users (sessions: over predictions). With R the test items
of a user and hits those ranked below k: hr 1 if any hit; recall hits / |R|; precision hits / k; f1 their harmonic mean; ndcg with
the ideal over min(k, |R|) places; mrr 1 / rank of the first hit. See core/learn/evaluate/metrics.ts and audit.ts.
Validation asks what the test asks: the last item of each user, as large a share as the test has, the latest sessions; among as
many sampled items where negatives are given. It is judged by ndcg (of 10 for one test item, of 20 for several; sessions:
geometric mean of hr and mrr at 20; or the nearest cut-off asked for).`;

/** Reads the command line; throws `BadInput`. `undefined` means that help was asked for. */
export function evaluateOptions(args: readonly string[]): EvaluateOptions | undefined {
  const values = parsedArgs(args, DECLARED);
  if (values.help) return undefined;
  const sessions = oneOf(values.protocol, ['users', 'sessions'], 'protocol') === 'sessions';
  if (values.test !== undefined && values.split !== undefined)
    throw new BadInput('--test and --split exclude each other');
  if (values.negatives !== undefined && (values.test === undefined || sessions)) {
    throw new BadInput('--negatives needs --test and the protocol users');
  }
  return {
    train: required(values.train, 'train'),
    test: values.test,
    negatives: values.negatives,
    items: values.items,
    groups: values.groups,
    split: values.split === undefined ? undefined : splitOf(values.split),
    model: required(values.model, 'model'),
    params: paramsOf(values.params),
    cutOffs: cutOffsOf(values.k),
    seed: wholeNumber(values.seed, { name: 'seed', least: 0, most: 2 ** 32 - 1 }),
    sessions,
    tune: !values['no-tune'],
    useValues: values['use-values'],
    threads:
      values.threads === undefined
        ? undefined
        : wholeNumber(values.threads, { name: 'threads', least: 1, most: 64 }),
    memoryBytes: 1e6 * wholeNumber(values.memory, { name: 'memory', least: 16, most: 1e6 }),
  };
}

const DECLARED = {
  train: { type: 'string' },
  test: { type: 'string' },
  negatives: { type: 'string' },
  items: { type: 'string' },
  groups: { type: 'string' },
  split: { type: 'string' },
  model: { type: 'string' },
  params: { type: 'string', default: '{}' },
  k: { type: 'string', default: '10,20' },
  seed: { type: 'string', default: '1' },
  protocol: { type: 'string', default: 'users' },
  threads: { type: 'string' },
  memory: { type: 'string', default: String(DEFAULT_MEMORY_MB) },
  'no-tune': { type: 'boolean', default: false },
  'use-values': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new BadInput(`--${name} is missing`);
  return value;
}

function oneOf(value: string, known: readonly string[], name: string): string {
  if (known.includes(value)) return value;
  throw new BadInput(`--${name} must be one of ${known.join(', ')}`);
}

function wholeNumber(
  text: string,
  { name, least, most }: { name: string; least: number; most: number },
): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BadInput(`--${name} must be a whole number from ${least} to ${most}`);
}

function cutOffsOf(text: string): number[] {
  const cutOffs = text
    .split(',')
    .map((part) => wholeNumber(part, { name: 'k', least: 1, most: MOST_CUT_OFF }));
  return [...new Set(cutOffs)];
}

function splitOf(text: string): Split {
  if (text === 'leave-last-out') return { kind: 'leave-last-out' };
  const share = Number(/^time:(.+)$/.exec(text)?.[1] ?? Number.NaN);
  if (share > 0 && share < 1) return { kind: 'time', share };
  throw new BadInput(
    '--split must be leave-last-out or time:SHARE with a share between 0 and 1, e.g. time:0.8',
  );
}

function paramsOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`--params is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new BadInput('--params must be a JSON object');
}
