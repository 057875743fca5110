import { trainUserModels, type UserModelsReport } from '../../learn/users/train-user-models.ts';
import type { UserModels, UserRow } from '../../learn/users/types.ts';
import type { Metrics, ModelPart } from '../../models/model-card.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import { modelDocument } from '../training/model-document.ts';
import { preferenceExamples } from '../training/preference-examples.ts';
import { readUsers } from '../training/read-shards.ts';
import type { UserModelsDocument } from '../training/user-models-document.ts';
import { exportParts } from './size.ts';

const SEED = 1;

type Name = 'segments' | 'churn' | 'lifetime' | 'preference';
const NAMES: readonly Name[] = ['segments', 'churn', 'lifetime', 'preference'];

/** The figures of a report that are metrics; everything else are its parameters. */
const METRICS: Readonly<Record<Name, readonly string[]>> = {
  segments: ['inertia', 'explained'],
  churn: ['auc', 'logLoss'],
  lifetime: [],
  preference: [],
};

const numbersOf = (report: object, names: readonly string[]): Metrics =>
  Object.fromEntries(
    Object.entries(report).filter(([name, value]) => names.includes(name) && typeof value === 'number'),
  ) as Metrics;

/** What the part is held against: always answering with what is usual. */
const baselineOf = (name: Name, report: UserModelsReport): ModelPart['baseline'] => {
  const outcome = name === 'churn' ? report.churn : name === 'preference' ? report.preference : undefined;
  if (!outcome?.trained) return undefined;
  return { name: 'always the usual share', metrics: { logLoss: outcome.baseLogLoss } };
};

const metricsOf = (name: Name, report: UserModelsReport): Metrics | undefined => {
  const outcome = report[name];
  if (!outcome.trained) return undefined;
  if (name === 'preference' && report.preference.trained) {
    const { auc, logLoss } = report.preference.network;
    return { auc, logLoss };
  }
  if (name === 'lifetime' && report.lifetime.trained)
    return {
      logLikelihood: report.lifetime.bgNbd.logLikelihood,
      ...numbersOf(report.lifetime.holdout ?? {}, ['expected', 'actual', 'mae']),
    };
  return numbersOf(outcome, METRICS[name]);
};

/** What the card says of one of the user models; `kept` where the one before stays in service. */
const partOf = (name: Name, report: UserModelsReport, kept: boolean): ModelPart => {
  const outcome = report[name];
  const baseline = baselineOf(name, report);
  const metrics = metricsOf(name, report);
  const { trained } = outcome;
  return {
    name,
    trained,
    promoted: trained,
    reason: outcome.trained
      ? `trained on ${outcome.samples} samples${baseline ? ', better than always answering the usual share' : ''}`
      : `${outcome.reason}; ${kept ? 'the model in service stays' : 'the rules answer'}`,
    ...(trained && { parameters: { ...outcome, trained: undefined } }),
    ...(metrics && { metrics }),
    ...(baseline && { baseline }),
  };
};

/** The models trained now; in place of one that could not be trained, the one in service. */
const withKept = (models: UserModels, before: UserModels | undefined): UserModels => ({
  ...before,
  ...models,
});

/**
 * Step `train-users`: segments, churn, lifetime value and preference from the users of the export. A model that is no better
 * than its baseline is not put in service; `promote` does so with the others.
 */
export const trainUsers = async (ports: NightPorts, { runId, now }: NightStep) => {
  const parts = await exportParts(ports, runId);
  const rows: UserRow[] = [];
  const unreadable = await readUsers(ports, { runId, parts }, (row) => {
    if (!Array.isArray(row.v)) return false;
    rows.push(row as unknown as UserRow);
    return true;
  });
  const { trained } = await modelDocument(ports, runId);
  const before = await ports.models.getUserModels();
  const preference = await preferenceExamples(ports, rows);
  const started = ports.clock();
  const { models, report } = trainUserModels(rows, {
    version: trained?.model.version ?? before?.version ?? 0,
    now,
    seed: SEED,
    special: ports.special,
    windowDays: ports.settings.churnWindowDays,
    horizonDays: ports.settings.churnHorizonDays,
    ...(preference && { preference }),
  });
  const document: UserModelsDocument = {
    models: withKept(models, before),
    parts: NAMES.map((name) => partOf(name, report, before?.[name] !== undefined)),
  };
  await ports.objects.putJson(keys.userModels(runId), document);
  const seconds = Math.round((ports.clock() - started) / 1000);
  const done = NAMES.filter((name) => report[name].trained);
  ports.progress('user models', { users: rows.length, unreadable, trained: done.join(' '), seconds });
  return { users: rows.length, unreadable, trained: done, seconds };
};
