import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { endpoints } from '../../contracts/registry.ts';
import { type Answer, type Engine, startEngine } from './engine.ts';
import { asCaller, type TestRequest } from './http-event.ts';
import { seedWorld, validRequest } from './sample-world.ts';

/** May do what the endpoint asks for. */
const claimsFor = ({ caller }: EndpointShape) => asCaller(caller);

/** The endpoint's good request, from somebody who may send it. */
export const valid = (endpoint: EndpointShape): TestRequest => ({
  ...validRequest(endpoint.operationId, endpoint.example),
  claims: claimsFor(endpoint),
});

export const byName = (operationId: string): EndpointShape => {
  const endpoint = endpoints.find((one) => one.operationId === operationId);
  if (!endpoint) throw new Error(`There is no operation ${operationId}`);
  return endpoint;
};

export const withBody = endpoints.filter(({ request }) => request.body);

/** Endpoints as rows of `it.each`. */
export const table = (some: readonly EndpointShape[]) => some.map((one) => [one.operationId, one] as const);

/** Runs cases one after the other and collects what went wrong, each under its name. */
export const all = async <T extends { name: string }>(
  cases: readonly T[],
  check: (one: T) => Promise<void>,
): Promise<void> => {
  const wrong: string[] = [];
  for (const one of cases) {
    await check(one).catch((error: Error) => wrong.push(`${one.name}: ${error.message.slice(0, 600)}`));
  }
  expect(wrong).toEqual([]);
};

/**
 * An engine with a little in it for tests of what is refused. After every test it checks that nothing was left behind:
 * not in the table, not in the queue, not in the prototypes of this process.
 */
export const refusingEngine = () => {
  let engine: Engine;
  let before: Map<string, string>;
  beforeAll(async () => {
    engine = await startEngine();
    await seedWorld(engine);
    before = await engine.scan();
  });
  afterAll(() => engine.close());
  afterEach(async () => {
    const [known, found] = [before, await engine.scan()];
    const depth = await engine.queue.depth();
    before = found;
    await engine.drainQueue();
    expect(found).toEqual(known);
    expect(depth).toEqual({ waiting: 0, inFlight: 0 });
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
  return {
    /** The endpoint's good request with a change to it. */
    call: (endpoint: EndpointShape, change: Partial<TestRequest>): Promise<Answer> =>
      engine.call(endpoint.operationId, { ...valid(endpoint), ...change }),
    send: (operationId: string, request: TestRequest): Promise<Answer> => engine.call(operationId, request),
  };
};
