import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the table was asked: round trips and capacity units, by DynamoDB operation. */
export type MeterReading = Record<string, { requests: number; units: number }>;

const UNITS = /"CapacityUnits":([0-9.]+)/;
const unitsPerTable = /"ConsumedCapacity":(\[.*?\]|\{.*?\})/;

const unitsIn = (body: string): number => {
  const consumed = unitsPerTable.exec(body)?.[1];
  return Number((consumed && UNITS.exec(consumed)?.[1]) ?? 0);
};

/**
 * Counts at the store and not in the product: whatever reaches the table is seen, with the units that the answer states
 * (every call of the adapters asks for `ReturnConsumedCapacity: TOTAL`).
 */
export const createMeter = () => {
  const reading: MeterReading = {};
  const watch = (request: IncomingMessage, response: ServerResponse): void => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? 'unknown';
    const end = response.end.bind(response);
    const count = (body: unknown): void => {
      const { requests, units } = reading[operation] ?? { requests: 0, units: 0 };
      reading[operation] = { requests: requests + 1, units: units + unitsIn(String(body)) };
    };
    response.end = ((...args: Parameters<typeof end>) => {
      count(args[0]);
      return end(...args);
    }) as typeof response.end;
  };
  return { watch, read: (): MeterReading => structuredClone(reading) };
};
