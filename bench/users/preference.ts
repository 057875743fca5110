import { readFileSync } from 'node:fs';
import { trainModel } from '../../core/learn/hybrid/train-model.ts';
import { lastChoice } from '../../core/learn/users/preference/choice.ts';
import { choiceExamples } from '../../core/learn/users/preference/choice-examples.ts';
import { PREFERENCE_FEATURES } from '../../core/learn/users/preference/preference-features.ts';
import {
  type PreferenceExample,
  type PreferenceReport,
  trainPreference,
} from '../../core/learn/users/preference/train-preference.ts';
import { DAY_MS } from '../../core/profile/fold/decay.ts';
import type { CountedInteraction } from '../../core/profile/types.ts';
import { dataFile, timed } from './data.ts';

const BEGIN = Date.UTC(2014, 0, 1);

/** Purchases of every user, a day apart: the file has their order only. */
const livesIn = (file: string): CountedInteraction[][] => {
  const lives = new Map<string, CountedInteraction[]>();
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const [userId, contentId, , order] = line.split('\t');
    if (userId === undefined || contentId === undefined) continue;
    const occurredAt = BEGIN + Number(order) * DAY_MS;
    const life = lives.get(userId) ?? [];
    lives.set(userId, life);
    life.push({
      interactionId: `${userId}-${order}`,
      userId,
      type: 'purchase',
      contentId,
      contentType: 'product',
      occurredAt,
      receivedAt: occurredAt,
      firstOfSession: true,
    });
  }
  return [...lives.values()].map((life) => life.sort((a, b) => a.occurredAt - b.occurredAt));
};

const print = (
  name: string,
  { network, logistic, baseLogLoss, ...report }: PreferenceReport,
  seconds: number,
): void =>
  console.log(
    `${name}: ${report.samples} examples, ${report.positives} positive; network AUC ${network.auc.toFixed(3)}, log loss ${network.logLoss.toFixed(4)}; ` +
      `logistic AUC ${logistic.auc.toFixed(3)}, log loss ${logistic.logLoss.toFixed(4)}; share alone ${baseLogLoss.toFixed(4)}; ${report.epochs} epochs in ${seconds.toFixed(1)} s`,
  );

/** Every user's last purchase against items not bought, by lists and rankings of all purchases before. */
const beauty = (file: string): void => {
  const lives = livesIn(file);
  const rows = lives.flatMap((life) =>
    life.slice(0, -1).map(({ userId, contentId, occurredAt }) => ({
      user: userId,
      item: contentId!,
      weight: 1,
      at: occurredAt,
    })),
  );
  const model = trainModel({ rows, catalog: [], now: BEGIN });
  const popularity = new Map(model.popular.map(({ itemId, score }) => [itemId, score]));
  const choices = lives.flatMap((life) => lastChoice(life, life.at(-1)!.occurredAt) ?? []);
  const sources = { neighbours: model.neighbours, popularity, typeOf: () => 'product' };
  const examples = [...choiceExamples(choices, sources, model.neighbours.itemIds, { seed: 1, after: 0 })];
  const { result, seconds } = timed(() => trainPreference(examples, PREFERENCE_FEATURES, { seed: 1 }));
  print('Beauty, last purchases', result.report, seconds);
};

const FIRST_AFFINITY = 10;
const LEVELS = 8;

/** Clicks on logged recommendations: position, hour, affinities, the most frequent user features. */
const clicks = (file: string): { examples: PreferenceExample[]; features: string[] } => {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const header = rows.shift()!;
  const levels = [6, 7, 8, 9].map((column) => [...new Set(rows.map((row) => row[column]!))].slice(0, LEVELS));
  const examples = rows.map((row) => ({
    x: Float32Array.of(
      Number(row[3]),
      new Date(row[1]!).getUTCHours(),
      Number(row[FIRST_AFFINITY + Number(row[2])] ?? 0),
      ...levels.flatMap((values, k) => values.map((value) => Number(row[6 + k] === value))),
    ),
    y: Number(row[4]) as 0 | 1,
  }));
  const flags = levels.flatMap((values, k) => values.map((value) => `${header[6 + k]}=${value}`));
  return { examples, features: ['position', 'hour', 'affinity', ...flags] };
};

/** The preference network beside logistic regression, on rows held out by both. */
export const preferenceFigures = async (): Promise<void> => {
  const purchases = dataFile('beauty.tsv');
  if (purchases !== undefined) beauty(purchases);
  for (const name of ['openbandit/random_men.csv', 'openbandit/bts_men.csv']) {
    const file = dataFile(name);
    if (file === undefined) continue;
    const { examples, features } = clicks(file);
    const { result, seconds } = timed(() => trainPreference(examples, features, { seed: 1 }));
    print(`Open Bandit, ${name}`, result.report, seconds);
  }
};
