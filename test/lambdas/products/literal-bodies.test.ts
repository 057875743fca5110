import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { literalRows, replay } from '../../../scripts/literal-bodies/replay.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { literalSender, servedBy } from '../../support/literal-sender.ts';

const rows = literalRows();

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

describe('every request of the contract, as it is written there', () => {
  it('is answered by 2xx for the least caller who may', async () => {
    expect(await replay(rows, literalSender(engine), Date.now())).toEqual([]);
  });

  it('is in the list for every route that takes a body', () => {
    const listed = new Set(rows.map((row) => servedBy(row)?.routeKey));
    const missing = endpoints
      .filter(({ request }) => request.body !== undefined && !request.body.safeParse(undefined).success)
      .flatMap(({ routes }) => routes.map(({ method, path }) => `${method} /api${path}`))
      .filter((key) => !listed.has(key));
    // Of this product alone: no line of the contract names it.
    expect(missing).toEqual(['POST /api/personalization/rules/{ruleId}/rollback']);
  });
});
