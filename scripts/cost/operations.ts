import { addBills, type Bill, gatewayBill, invocationBill, tableBill, times } from './bill.ts';
import type { CallUse } from './handlers.ts';
import { BULK, type Measured } from './measure.ts';
import { prices } from './prices.ts';

/** Memory as lib/ deploys: an endpoint, the bulk endpoint, the worker. */
const MEMORY_MB = { endpoint: 512, bulkEndpoint: 1_769, worker: 1_024 };

/** Requests to the queue for each message: sent alone, received and deleted in tens at best, so each once is the most. */
const QUEUE_REQUESTS = 3;

const answered = ({ table, cpuMs, rounds }: CallUse, memoryMb: number): Bill =>
  addBills(gatewayBill, invocationBill({ memoryMb, cpuMs, rounds, logBytes: 0 }), tableBill(table));

const worked = ({ table, cpuMs, rounds }: CallUse): Bill =>
  addBills(invocationBill({ memoryMb: MEMORY_MB.worker, cpuMs, rounds, logBytes: 0 }), tableBill(table), {
    SQS: QUEUE_REQUESTS * prices.sqs.request,
  });

/** Bills of a million of each operation. */
export const millionBills = (measured: Measured) => {
  const perRequest = addBills(
    answered(measured.bulkRequest, MEMORY_MB.bulkEndpoint),
    times(measured.messages, worked(measured.bulkMessage)),
  );
  const million = (bill: Bill) => times(1e6, bill);
  return {
    single: million(answered(measured.single, MEMORY_MB.endpoint)),
    bulk: times(1e6 / (BULK.users * BULK.perUser), perRequest),
    computedNew: million(answered(measured.computedNew, MEMORY_MB.endpoint)),
    computedAgain: million(answered(measured.computedAgain, MEMORY_MB.endpoint)),
    precomputed: million(answered(measured.precomputed, MEMORY_MB.endpoint)),
  };
};
