import type { TableUse } from '../../bench/units/table-use.ts';
import { prices } from './prices.ts';

export const SERVICES = [
  'DynamoDB writes',
  'DynamoDB reads',
  'DynamoDB storage',
  'Lambda',
  'HTTP API',
  'SQS',
  'EventBridge',
  'S3',
  'Step Functions',
  'CloudWatch logs',
  'X-Ray',
  'KMS',
] as const;

export type Service = (typeof SERVICES)[number];

/** Dollars by service. */
export type Bill = Readonly<Partial<Record<Service, number>>>;

export const addBills = (...bills: readonly Bill[]): Bill => {
  const sum: Partial<Record<Service, number>> = {};
  for (const bill of bills)
    for (const service of SERVICES) {
      const dollars = bill[service];
      if (dollars !== undefined) sum[service] = (sum[service] ?? 0) + dollars;
    }
  return sum;
};

/** A bill so many times. */
export const times = (count: number, bill: Bill): Bill =>
  Object.fromEntries(Object.entries(bill).map(([service, dollars]) => [service, dollars * count]));

export const total = (bill: Bill): number => Object.values(bill).reduce((sum, dollars) => sum + dollars, 0);

/** Read and write units of the table. */
export const tableBill = ({ readUnits, writeUnits }: TableUse): Bill => ({
  'DynamoDB writes': writeUnits * prices.dynamodb.writeUnit,
  'DynamoDB reads': readUnits * prices.dynamodb.readUnit,
});

export type Invocation = {
  readonly memoryMb: number;
  readonly cpuMs: number;
  /** Times that the function waits for another service. */
  readonly rounds: number;
  /** What the function itself writes to its log. */
  readonly logBytes: number;
};

/** What is assumed of Lambda, since no machine here is one. */
export const LAMBDA = {
  /** One processor comes with this much memory; less memory is as much less processor. */
  memoryOfOneProcessorMb: 1_769,
  /** A keyed read or write of DynamoDB as a function sees it. */
  roundMs: 5,
  /** START, END and REPORT lines of an invocation. */
  platformLogBytes: 450,
  /** Share of invocations that X-Ray samples. */
  tracedShare: 0.05,
} as const;

/** Billed milliseconds of an invocation: its processor time, stretched by its share of a processor, and its waits. */
export const billedMs = ({ memoryMb, cpuMs, rounds }: Invocation): number =>
  Math.ceil(cpuMs * Math.max(1, LAMBDA.memoryOfOneProcessorMb / memoryMb) + rounds * LAMBDA.roundMs);

/** One invocation of a function, its log and its trace. */
export const invocationBill = (invocation: Invocation): Bill => ({
  Lambda:
    prices.lambda.request +
    (invocation.memoryMb / 1024) * (billedMs(invocation) / 1000) * prices.lambda.gigabyteSecond,
  'CloudWatch logs': ((LAMBDA.platformLogBytes + invocation.logBytes) / 1e9) * prices.logs.gigabyte,
  'X-Ray': LAMBDA.tracedShare * prices.xray.trace,
});

/** One request through the gateway. */
export const gatewayBill: Bill = { 'HTTP API': prices.httpApi.request };
