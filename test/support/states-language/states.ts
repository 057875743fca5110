import type { Catcher, Retrier } from './retry.ts';

/** The fields of the Amazon States Language (JSONPath) that the interpreter knows. */
export type AnyState = {
  readonly Type: 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Map' | 'Succeed' | 'Fail';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Parameters?: unknown;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: string | null;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Seconds?: number;
  readonly Choices?: readonly {
    Variable: string;
    StringEquals?: string;
    IsPresent?: boolean;
    Next: string;
  }[];
  readonly Default?: string;
  readonly Label?: string;
  readonly ItemsPath?: string;
  readonly ItemReader?: { Resource: string; ReaderConfig: { InputType: string }; Parameters: unknown };
  readonly MaxConcurrency?: number;
  readonly ToleratedFailurePercentage?: number;
  readonly ItemProcessor?: Machine & { ProcessorConfig: { Mode: string; ExecutionType?: string } };
  readonly ErrorPath?: string;
  readonly CausePath?: string;
};

export type Machine = { readonly StartAt: string; readonly States: Readonly<Record<string, AnyState>> };

const everywhere = ['Type', 'Comment'];
const onward = ['Next', 'End'];
const outcome = ['ResultSelector', 'ResultPath', 'Retry', 'Catch'];
const fields: Readonly<Record<AnyState['Type'], readonly string[]>> = {
  Pass: [...onward, 'Parameters', 'ResultPath'],
  Task: [...onward, ...outcome, 'Resource', 'Parameters', 'TimeoutSeconds'],
  Choice: ['Choices', 'Default'],
  Wait: [...onward, 'Seconds'],
  Map: [
    ...onward,
    ...outcome,
    'Label',
    'ItemsPath',
    'ItemReader',
    'MaxConcurrency',
    'ToleratedFailurePercentage',
    'ItemProcessor',
  ],
  Succeed: [],
  Fail: ['ErrorPath', 'CausePath'],
};

const nextsOf = (state: AnyState): string[] =>
  [
    state.Next,
    state.Default,
    ...(state.Catch ?? []).map(({ Next }) => Next),
    ...(state.Choices ?? []).map(({ Next }) => Next),
  ].filter((next) => next !== undefined);

const faultsOf = (name: string, state: AnyState): string[] => {
  const unknown = Object.keys(state).filter(
    (field) => ![...everywhere, ...fields[state.Type]].includes(field),
  );
  const needsWay = !['Choice', 'Succeed', 'Fail'].includes(state.Type);
  const ways = Number(state.Next !== undefined) + Number(state.End === true);
  return [
    ...unknown.map((field) => `${name}: a ${state.Type} has no ${field}`),
    ...(needsWay && ways !== 1 ? [`${name}: needs either Next or End`] : []),
    ...(name.length > 80 ? [`${name}: is longer than 80 characters`] : []),
  ];
};

/**
 * What is wrong with a definition as a document: unknown fields, states that lead nowhere or that nothing leads to, names
 * used twice (also across maps). Empty where it is well made.
 */
export const faultsOfMachine = ({ StartAt, States }: Machine, taken = new Set<string>()): string[] => {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const state = States[name];
    if (state === undefined || reached.has(name)) return;
    reached.add(name);
    for (const next of nextsOf(state)) visit(next);
  };
  visit(StartAt);
  const faults = Object.entries(States).flatMap(([name, state]) => {
    const twice = taken.has(name) ? [`${name}: is the name of two states`] : [];
    taken.add(name);
    const inner = state.ItemProcessor ? faultsOfMachine(state.ItemProcessor, taken) : [];
    const lost = nextsOf(state).filter((next) => States[next] === undefined);
    return [...twice, ...faultsOf(name, state), ...inner, ...lost.map((next) => `${name}: leads to ${next}`)];
  });
  const unreached = Object.keys(States).filter((name) => !reached.has(name));
  return [
    ...(States[StartAt] === undefined ? [`starts at ${StartAt}`] : []),
    ...faults,
    ...unreached.map((name) => `${name}: nothing leads there`),
  ];
};
