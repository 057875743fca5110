import type { APIGatewayProxyStructuredResultV2 as HttpResult } from 'aws-lambda';
import type { Caller } from '../../../core/access/caller.ts';
import { switches } from '../environment.ts';
import { type Metered, meterTotals } from '../meter.ts';

const NOTHING: Metered = { calls: 0, readUnits: 0, writeUnits: 0 };

const snapshot = (): Record<string, Metered> =>
  Object.fromEntries(Object.entries(meterTotals()).map(([name, use]) => [name, { ...use }]));

/** What was asked of the table since, by access pattern. */
const since = (before: Record<string, Metered>): Record<string, Metered> =>
  Object.fromEntries(
    Object.entries(snapshot())
      .map(([name, use]): [string, Metered] => {
        const { calls, readUnits, writeUnits } = before[name] ?? NOTHING;
        const difference = {
          calls: use.calls - calls,
          readUnits: use.readUnits - readUnits,
          writeUnits: use.writeUnits - writeUnits,
        };
        return [name, difference];
      })
      .filter(([, { calls }]) => calls > 0),
  );

/**
 * With `PERSONALIZATION_DEBUG` on, services and administrators are told in the header `Attune-Debug` how long an answer took and
 * what it asked of the table. Users are told nothing. Exact where a process answers one request at a time, as Lambda does.
 */
export const debugging = (caller: Caller): ((result: HttpResult) => HttpResult) => {
  if (caller.kind === 'user' || !switches().debug) return (result) => result;
  const [start, before] = [performance.now(), snapshot()];
  return (result) => {
    const milliseconds = Math.round((performance.now() - start) * 10) / 10;
    const trail = JSON.stringify({ milliseconds, table: since(before) });
    return { ...result, headers: { ...result.headers, 'attune-debug': trail } };
  };
};
