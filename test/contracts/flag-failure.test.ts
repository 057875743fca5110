import { describe, expect, it } from '@jest/globals';
import { problem, problemDocument } from '../../contracts/errors.ts';
import { evaluateFlag } from '../../contracts/flags/endpoints.ts';
import { withFailure } from '../../contracts/flags/failure.ts';

const rows = (...paths: string[]) => paths.map((path) => ({ path, message: 'is wrong' }));
const validation = (errors: { path: string; message: string }[]) =>
  problem('validation', 'The request is not valid', 'r-1', errors);

describe('a problem in the words of OFREP', () => {
  it.each([
    ['PARSE_ERROR', validation(rows('body'))],
    ['TARGETING_KEY_MISSING', validation([{ path: 'context.targetingKey', message: 'is required' }])],
    ['INVALID_CONTEXT', validation(rows('context.targetingKey'))],
    ['INVALID_CONTEXT', validation(rows('context'))],
    ['INVALID_CONTEXT', validation(rows('context.device', 'surplus'))],
    ['GENERAL', validation(rows('surplus'))],
    ['GENERAL', validation(rows('contextual'))],
    ['FLAG_NOT_FOUND', problem('not-found', 'There is no flag "x"', 'r-1')],
    ['GENERAL', problem('forbidden', 'no', 'r-1')],
    ['GENERAL', problem('rate-limited', 'no', 'r-1')],
    ['GENERAL', problem('internal', 'no', 'r-1')],
  ] as const)('%s', (errorCode, document) => {
    const told = withFailure(document, { key: 'theme' });
    expect(problemDocument.strict().parse(told)).toMatchObject({ ...document, key: 'theme', errorCode });
    expect(told.errorDetails).toBeTruthy();
  });

  it('names no flag where all were asked for, and never repeats a key that goes on and on', () => {
    expect(withFailure(problem('internal', 'no', 'r'), {})).not.toHaveProperty('key');
    expect(withFailure(problem('internal', 'no', 'r'), { key: 'k'.repeat(5_000) }).key).toHaveLength(256);
  });
});

describe('an evaluation context', () => {
  const parsed = (context: unknown) => evaluateFlag.request.body.safeParse({ context });

  it('names the user, and keeps what the application knows besides', () => {
    expect(parsed({ targetingKey: 'ada', plan: 'pro', nested: { a: [1] } }).data).toEqual({
      userId: 'ada',
      context: { targetingKey: 'ada', plan: 'pro', nested: { a: [1] } },
    });
  });

  it('is refused where it pollutes, is too deep, too large, or says in other types what has a meaning here', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`);
    const bad = [
      JSON.parse('{"targetingKey":"ada","__proto__":{"admin":true}}'),
      JSON.parse('{"targetingKey":"ada","x":{"constructor":1}}'),
      { targetingKey: 'ada', deep },
      { targetingKey: 'ada', long: 'x'.repeat(5_000) },
      { targetingKey: 'ada', context: { page: 1 } },
      { targetingKey: 'ada', device: 7 },
      { targetingKey: 'ada', locale: 'de DE' },
      { targetingKey: 'ada', recommendations: { hybrid: true } },
      { targetingKey: 'a b' },
      [],
      'ada',
      null,
    ];
    for (const context of bad) expect([context, parsed(context).success]).toEqual([context, false]);
  });
});
