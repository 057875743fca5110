import { endpointGrants } from '../../lib/config/endpoint-grants.ts';
import { addBills, type Bill, gatewayBill, invocationBill, tableBill, times } from './bill.ts';
import type { CallUse } from './handlers.ts';
import { BULK, type Measured } from './measure.ts';
import { prices } from './prices.ts';

/** Memory as lib/ deploys it where an endpoint's grants say nothing, and of the worker. */
const MEMORY_MB = { endpoint: 512, worker: 1_024 };

const memoryOf = (operationId: string): number => endpointGrants[operationId]?.memoryMb ?? MEMORY_MB.endpoint;

/** Requests to the queue for each message: sent alone, received and deleted in tens at best, so each once is the most. */
const QUEUE_REQUESTS = 3;

/** An answer of an endpoint: gateway, function with the memory that lib/ gives it, table. */
export const answered = ({ table, cpuMs, rounds }: CallUse, operationId: string): Bill => {
  const memoryMb = memoryOf(operationId);
  return addBills(gatewayBill, invocationBill({ memoryMb, cpuMs, rounds, logBytes: 0 }), tableBill(table));
};

const worked = ({ table, cpuMs, rounds }: CallUse): Bill =>
  addBills(invocationBill({ memoryMb: MEMORY_MB.worker, cpuMs, rounds, logBytes: 0 }), tableBill(table), {
    SQS: QUEUE_REQUESTS * prices.sqs.request,
  });

/** Bills of a million of each operation. */
export const millionBills = (measured: Measured) => {
  const perRequest = addBills(
    answered(measured.bulkRequest, 'trackInteractions'),
    times(measured.messages, worked(measured.bulkMessage)),
  );
  const million = (bill: Bill) => times(1e6, bill);
  return {
    single: million(answered(measured.single, 'trackInteraction')),
    bulk: times(1e6 / (BULK.users * BULK.perUser), perRequest),
    computedNew: million(answered(measured.computedNew, 'getRecommendations')),
    computedAgain: million(answered(measured.computedAgain, 'getRecommendations')),
    precomputed: million(answered(measured.precomputed, 'getRecommendations')),
    configNew: million(answered(measured.configNew, 'decideConfig')),
    configAgain: million(answered(measured.configAgain, 'decideConfig')),
  };
};
