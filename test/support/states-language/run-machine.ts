import { hasPath, RuntimeFault, readPath, StateError, writePath } from './paths.ts';
import { fillIn, type Scope } from './payload.ts';
import { asStateError, catcherOf, withRetries } from './retry.ts';
import type { AnyState, Machine } from './states.ts';

/** The services that a machine calls, by the resource of the task; what they throw is an error by its name. */
export type Services = Readonly<Record<string, (parameters: never) => Promise<unknown>>>;

export type Run = {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  /** Names of the states entered, those of a map's workers among them. */
  readonly entered: readonly string[];
  /** Seconds that the run would have waited. */
  readonly waited: number;
};

type World = {
  readonly services: Services;
  readonly context: unknown;
  readonly entered: string[];
  waited: number;
};

/** A state's output and a map's collected output may not be larger. */
const LIMIT_BYTES = 256 * 1024;

const within = (value: unknown): unknown => {
  if (JSON.stringify(value ?? null).length > LIMIT_BYTES)
    throw new StateError('States.DataLimitExceeded', 'the output of the state is larger than 256 KB');
  return value;
};

const call = async (world: World, resource: string, parameters: unknown): Promise<unknown> => {
  const service = world.services[resource];
  if (service === undefined) throw new RuntimeFault(`there is no resource ${resource}`);
  return service(parameters as never);
};

const itemsOf = async (world: World, state: AnyState, scope: Scope): Promise<unknown[]> => {
  const { ItemReader, ItemsPath, ItemProcessor } = state;
  if (ItemReader === undefined) return readPath(scope.input, ItemsPath ?? '$') as unknown[];
  if (ItemProcessor?.ProcessorConfig.Mode !== 'DISTRIBUTED')
    throw new RuntimeFault('only a distributed map has an ItemReader');
  try {
    const body = await call(world, ItemReader.Resource, fillIn(ItemReader.Parameters, scope));
    const items: unknown = JSON.parse(String(body));
    if (!Array.isArray(items)) throw new Error('the manifest is no array');
    return items;
  } catch (thrown) {
    throw new StateError('States.ItemReaderFailed', (thrown as Error).message);
  }
};

const runMap = async (world: World, state: AnyState, scope: Scope): Promise<unknown> => {
  const items = await itemsOf(world, state, scope);
  const machine = state.ItemProcessor as Machine;
  const distributed = state.ItemProcessor?.ProcessorConfig.Mode === 'DISTRIBUTED';
  const outputs: unknown[] = [];
  const failures: StateError[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      await runStates(world, machine, item).then(
        (output) => {
          outputs[index] = output;
        },
        (thrown: unknown) => failures.push(asStateError(thrown)),
      );
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(items.length, state.MaxConcurrency ?? 40) }, worker));
  const [failure] = failures;
  if (failure === undefined) return within(outputs);
  // A map run does not pass on what its workers failed of.
  if (distributed)
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  throw failure;
};

const perform = (world: World, state: AnyState, scope: Scope): Promise<unknown> =>
  state.Type === 'Map'
    ? runMap(world, state, scope)
    : call(world, state.Resource ?? '', fillIn(state.Parameters, scope));

const place = (input: unknown, path: string | null | undefined, result: unknown): unknown =>
  path === null ? input : writePath(input, path ?? '$', result);

const chosen = ({ Choices = [], Default }: AnyState, input: unknown): string => {
  const rule = Choices.find(({ Variable, StringEquals, IsPresent }) =>
    IsPresent === undefined
      ? readPath(input, Variable) === StringEquals
      : hasPath(input, Variable) === IsPresent,
  );
  const next = rule?.Next ?? Default;
  if (next === undefined) throw new StateError('States.NoChoiceMatched', 'no rule matches');
  return next;
};

type Move = { readonly output: unknown; readonly next?: string };

const work = async (world: World, state: AnyState, input: unknown): Promise<Move> => {
  const scope = { input, context: world.context };
  try {
    const result = await withRetries(
      state.Retry ?? [],
      (seconds) => {
        world.waited += seconds;
      },
      () => perform(world, state, scope),
    );
    const selected =
      state.ResultSelector === undefined ? result : fillIn(state.ResultSelector, { ...scope, input: result });
    return { output: within(place(input, state.ResultPath, selected)), next: state.Next };
  } catch (thrown) {
    const failure = asStateError(thrown);
    const catcher = catcherOf(state.Catch ?? [], failure);
    if (catcher === undefined) throw failure;
    const told = { Error: failure.error, Cause: failure.message };
    return { output: within(place(input, catcher.ResultPath, told)), next: catcher.Next };
  }
};

const enter = async (world: World, state: AnyState, input: unknown): Promise<Move> => {
  if (state.Type === 'Task' || state.Type === 'Map') return work(world, state, input);
  if (state.Type === 'Choice') return { output: input, next: chosen(state, input) };
  if (state.Type === 'Wait') world.waited += state.Seconds ?? 0;
  if (state.Type === 'Fail')
    throw new StateError(
      String(readPath(input, state.ErrorPath ?? '$')),
      String(readPath(input, state.CausePath ?? '$')),
    );
  if (state.Type !== 'Pass' || state.Parameters === undefined) return { output: input, next: state.Next };
  const filled = fillIn(state.Parameters, { input, context: world.context });
  return { output: place(input, state.ResultPath, filled), next: state.Next };
};

const runStates = async (world: World, { StartAt, States }: Machine, input: unknown): Promise<unknown> => {
  let [name, value]: [string | undefined, unknown] = [StartAt, input];
  while (name !== undefined) {
    const state = States[name];
    if (state === undefined) throw new RuntimeFault(`there is no state ${name}`);
    world.entered.push(name);
    ({ output: value, next: name } = await enter(world, state, value));
  }
  return value;
};

/**
 * Runs a state machine's definition as Step Functions does, from the States Language's own description: paths and
 * intrinsic functions, retries and catchers, choices, the polling loop, and Distributed Maps that read their items from
 * an object. Waits are counted, not slept.
 */
export const runMachine = async (
  machine: Machine,
  { name, input, services }: { name: string; input: unknown; services: Services },
): Promise<Run> => {
  const world: World = { services, context: { Execution: { Name: name } }, entered: [], waited: 0 };
  const told = () => ({ entered: world.entered, waited: world.waited });
  try {
    const output = await runStates(world, machine, input);
    return { status: 'SUCCEEDED', output, ...told() };
  } catch (thrown) {
    const { error, message } = asStateError(thrown);
    return { status: 'FAILED', error, cause: message, ...told() };
  }
};
