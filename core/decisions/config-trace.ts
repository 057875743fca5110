import { noFacts } from '../config/facts.ts';
import type { ConfigFacts, ConfigInputs } from '../config/inputs.ts';
import type { StickyAssignments } from '../experiments/types.ts';

/**
 * What is kept of a config decision: its inputs, from which the same pure function gives the decision and its reasons again.
 * User and time are in its key. One letter each: a whole item with it stays within 1 KB.
 */
export type ConfigTrace = {
  /** Context. */
  readonly c: string;
  /** Device. */
  readonly d?: string;
  /** Locale. */
  readonly l?: string;
  /** Time zone, where it is not UTC. */
  readonly z?: string;
  /** 1 where experiments were switched off. */
  readonly o?: 1;
  /** Versions of the rules and experiments, and the fingerprint of the declared features. */
  readonly s: readonly [rules: number, experiments: number, features: number];
  /** What the defaults were decided from; null where it was too large. */
  readonly f: ConfigFacts | null;
  /** What conditions read, in the order of the vocabulary's `reads`; null where nothing was there. */
  readonly v: readonly unknown[];
  /** Places in `v` whose values were too large to keep; -1: none was kept. */
  readonly g?: readonly number[];
  /** Arms that the user had seen, by the place of their line in the vocabulary's `lines`. */
  readonly a?: readonly (readonly [line: number, variant: string, exposedAt: number, propensity?: number])[];
};

/** Names that a trace does not repeat, since the sets of its versions know them. */
export type TraceVocabulary = {
  /** Paths that conditions of the rules and of the experiments read. */
  readonly reads: readonly string[];
  /** Lines of the experiments (`CompiledExperiment.line`), oldest first. */
  readonly lines: readonly string[];
};

type Sets = {
  readonly rules: { readonly reads: readonly string[] };
  readonly experiments: {
    readonly reads: readonly string[];
    readonly experiments: readonly { readonly line: string }[];
  };
};

/** The vocabulary of traces that name these sets. */
export const vocabularyOf = ({ rules, experiments }: Sets): TraceVocabulary => ({
  reads: [...new Set([...rules.reads, ...experiments.reads])].sort(),
  lines: experiments.experiments.map(({ line }) => line),
});

const armsOf = (sticky: StickyAssignments, lines: readonly string[]) =>
  lines.flatMap((line, index): NonNullable<ConfigTrace['a']>[number][] => {
    const arm = sticky[line];
    return arm ? [[index, ...arm]] : [];
  });

const withoutTail = (values: readonly unknown[]): readonly unknown[] =>
  values.slice(0, values.findLastIndex((value) => value !== null) + 1);

/** The trace of a personalised decision. Decisions about nobody have none. */
export const configTraceOf = (inputs: ConfigInputs, { reads, lines }: TraceVocabulary): ConfigTrace => {
  const { context, device, locale, timezone, abTesting, facts, values, sticky } = inputs;
  const arms = armsOf(sticky, lines);
  return {
    c: context,
    ...(device !== null && { d: device }),
    ...(locale !== null && { l: locale }),
    ...(timezone !== 'UTC' && { z: timezone }),
    ...(!abTesting && { o: 1 as const }),
    s: [inputs.ruleSetVersion, inputs.experimentSetVersion, inputs.featuresFingerprint],
    f: facts,
    v: withoutTail(reads.map((path) => (Object.hasOwn(values, path) ? (values[path] ?? null) : null))),
    ...(arms.length > 0 && { a: arms }),
  };
};

/** The inputs back; what was too large to keep is missing from `values` (or `facts` are those of nobody). */
export const inputsOfTrace = (
  trace: ConfigTrace,
  { userId, decidedAt }: { userId: string; decidedAt: number },
  { reads, lines }: TraceVocabulary,
): ConfigInputs => {
  const [ruleSetVersion, experimentSetVersion, featuresFingerprint] = trace.s;
  const values = trace.v.flatMap((value, index) => (value === null ? [] : [[reads[index], value]]));
  const arms = (trace.a ?? []).map(([line, ...arm]) => [lines[line], arm]);
  return {
    userId,
    context: trace.c,
    now: decidedAt,
    timezone: trace.z ?? 'UTC',
    device: trace.d ?? null,
    locale: trace.l ?? null,
    personalised: true,
    abTesting: trace.o === undefined,
    facts: trace.f ?? noFacts,
    values: Object.fromEntries(values),
    sticky: Object.fromEntries(arms),
    ruleSetVersion,
    experimentSetVersion,
    featuresFingerprint,
  };
};

/** In `g`: no value was kept. */
const NONE_KEPT = -1;

/** Paths whose values the trace could not hold. */
export const pathsNotKept = ({ g = [] }: ConfigTrace, { reads }: TraceVocabulary): readonly string[] =>
  g.includes(NONE_KEPT) ? reads : g.flatMap((index) => reads[index] ?? []);

/** So much of the values' JSON is left at each step. */
const STEP = 0.8;

const lengthOf = (value: unknown): number => (value === null ? 0 : JSON.stringify(value).length);

/** Without the longest values that conditions read: enough of them to be a fifth shorter. Undefined where none are left. */
const withoutLongestValues = (trace: ConfigTrace): ConfigTrace | undefined => {
  const lengths = trace.v.map((value, index) => ({ index, length: lengthOf(value) }));
  let left = lengths.reduce((sum, { length }) => sum + length, 0);
  if (left === 0) return undefined;
  const most = left * STEP;
  const gone: number[] = [];
  for (const { index, length } of lengths.sort((a, b) => b.length - a.length)) {
    if (left <= most) break;
    gone.push(index);
    left -= length;
  }
  const v = withoutTail(trace.v.map((value, index) => (gone.includes(index) ? null : value)));
  return { ...trace, v, g: [...(trace.g ?? []), ...gone] };
};

/** Nothing but who asked where and the versions. */
const onlyVersions = ({ a, ...trace }: ConfigTrace): ConfigTrace | undefined =>
  trace.f === null ? undefined : { ...trace, f: null, v: [], g: [NONE_KEPT] };

/** The trace with a little less in it: the longest values that conditions read go first; undefined at the end. */
export const shorterConfigTrace = (trace: ConfigTrace): ConfigTrace | undefined =>
  withoutLongestValues(trace) ?? onlyVersions(trace);
