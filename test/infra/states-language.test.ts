import { describe, expect, it } from '@jest/globals';
import { StateError } from '../support/states-language/paths.ts';
import { runMachine, type Services } from '../support/states-language/run-machine.ts';
import { type AnyState, faultsOfMachine, type Machine } from '../support/states-language/states.ts';

/** The interpreter that the jobs are proven with, held against examples of the States Language's description. */
const run = (States: Machine['States'], { input = {}, services = {} as Services } = {}) =>
  runMachine({ StartAt: Object.keys(States)[0] as string, States }, { name: 'run', input, services });

const failing = (times: number, error: string): Services => {
  let left = times;
  return {
    work: async () => {
      left -= 1;
      if (left >= 0) throw new StateError(error, 'cause');
      return { done: true };
    },
  };
};
const task = (fields: Partial<AnyState> = {}): AnyState => ({
  Type: 'Task',
  Resource: 'work',
  End: true,
  ...fields,
});

describe('paths and templates', () => {
  it('fill in references, the context and intrinsic functions, and leave the rest', async () => {
    const Parameters = {
      'a.$': '$.in.b',
      'name.$': '$$.Execution.Name',
      'text.$': "States.Format('{} of {}, isn\\'t it', $.in.b, $.list)",
      'json.$': 'States.JsonToString($.in)',
      plain: { 'deep.$': '$.list' },
    };
    const { output } = await run(
      { A: { Type: 'Pass', Parameters, End: true } },
      { input: { in: { b: 1 }, list: [2] } },
    );
    expect(output).toEqual({
      a: 1,
      name: 'run',
      text: "1 of [2], isn't it",
      json: '{"b":1}',
      plain: { deep: [2] },
    });
  });

  it('put a result where ResultPath says, or nowhere', async () => {
    const services: Services = { work: async () => ({ x: 1, y: 2 }) };
    const input = { kept: true };
    const at = async (fields: Partial<AnyState>) =>
      (await run({ A: task(fields) }, { input, services })).output;
    expect(await at({})).toEqual({ x: 1, y: 2 });
    expect(await at({ ResultPath: null })).toEqual(input);
    expect(await at({ ResultPath: '$.a.b', ResultSelector: { 'z.$': '$.y' } })).toEqual({
      kept: true,
      a: { b: { z: 2 } },
    });
  });

  it('end the run at a path to nothing, which no catcher saves', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'B' }];
    const A = task({ Parameters: { 'a.$': '$.nothing' }, Catch });
    const ended = await run({ A, B: { Type: 'Succeed' } }, { services: failing(0, '') });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });
});

describe('retries and catchers', () => {
  const Retry = [
    { ErrorEquals: ['Slow'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2 },
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1 },
  ];

  it('wait 3, then 6 seconds (the specification’s example)', async () => {
    const ended = await run({ A: task({ Retry }) }, { services: failing(2, 'Slow') });
    expect([ended.status, ended.waited]).toEqual(['SUCCEEDED', 9]);
  });

  it('give up after the attempts of the first retrier that matches', async () => {
    const ended = await run({ A: task({ Retry }) }, { services: failing(3, 'Slow') });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'Slow', cause: 'cause', waited: 9 });
  });

  it('hand error and cause to the state that catches', async () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'C' },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'B' },
    ];
    const { output, entered } = await run(
      { A: task({ Catch }), B: { Type: 'Succeed' }, C: { Type: 'Succeed' } },
      { input: { kept: 1 }, services: failing(1, 'Slow') },
    );
    expect([output, entered]).toEqual([{ kept: 1, failure: { Error: 'Slow', Cause: 'cause' } }, ['A', 'B']]);
  });
});

describe('choices', () => {
  it('take the first rule that holds, or the default', async () => {
    const A: AnyState = {
      Type: 'Choice',
      Choices: [
        { Variable: '$.gone', IsPresent: true, Next: 'B' },
        { Variable: '$.word', StringEquals: 'yes', Next: 'C' },
      ],
      Default: 'D',
    };
    const States = { A, B: { Type: 'Succeed' }, C: { Type: 'Succeed' }, D: { Type: 'Succeed' } } as const;
    expect((await run(States, { input: { word: 'yes' } })).entered).toEqual(['A', 'C']);
    expect((await run(States, { input: { word: 'no' } })).entered).toEqual(['A', 'D']);
    expect((await run(States)).error).toBe('States.Runtime');
  });
});

describe('maps', () => {
  const map = (Mode: string, fields: Partial<AnyState> = {}): AnyState => ({
    Type: 'Map',
    MaxConcurrency: 2,
    End: true,
    ItemsPath: '$.items',
    ItemProcessor: { ProcessorConfig: { Mode }, StartAt: 'B', States: { B: task() } },
    ...fields,
  });

  it('run as many workers as they may and keep the order of the items', async () => {
    let [now, most] = [0, 0];
    const services: Services = {
      work: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 2));
        now -= 1;
        return now;
      },
    };
    const ended = await run({ A: map('INLINE') }, { input: { items: [1, 2, 3, 4] }, services });
    expect([ended.status, (ended.output as unknown[]).length, most]).toEqual(['SUCCEEDED', 4, 2]);
    expect((await run({ A: map('INLINE') }, { input: { items: [] } })).output).toEqual([]);
  });

  it('fail with the worker’s error inline, and without it when distributed', async () => {
    const error = async (mode: string) =>
      (await run({ A: map(mode) }, { input: { items: [1] }, services: failing(9, 'Slow') })).error;
    expect(await error('INLINE')).toBe('Slow');
    expect(await error('DISTRIBUTED')).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('refuse more output than 256 KB, an inline reader, and a manifest that is no array', async () => {
    const large: Services = { work: async () => 'x'.repeat(200_000), read: async () => '{}' };
    const ended = await run({ A: map('DISTRIBUTED') }, { input: { items: [1, 2] }, services: large });
    expect(ended.error).toBe('States.DataLimitExceeded');
    const ItemReader = { Resource: 'read', ReaderConfig: { InputType: 'JSON' }, Parameters: {} };
    const reading = async (mode: string) =>
      (await run({ A: map(mode, { ItemReader, ItemsPath: undefined }) }, { services: large })).error;
    expect(await reading('INLINE')).toBe('States.Runtime');
    expect(await reading('DISTRIBUTED')).toBe('States.ItemReaderFailed');
  });
});

describe('faultsOfMachine', () => {
  it('names unknown fields, lost and unreached states, missing ways and names used twice', () => {
    const inner = { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'A', States: { A: task() } };
    const States = {
      A: { ...task({ Next: 'X' }), Colour: 'red' },
      B: { Type: 'Map', ItemProcessor: inner },
    } as unknown as Machine['States'];
    expect(faultsOfMachine({ StartAt: 'A', States })).toEqual([
      'A: a Task has no Colour',
      'A: needs either Next or End',
      'A: leads to X',
      'B: needs either Next or End',
      'A: is the name of two states',
      'B: nothing leads there',
    ]);
  });
});
