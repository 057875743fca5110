import type { Tokens } from '../../core/insights/types.ts';
import { addBills, type Bill, gatewayBill, invocationBill, LAMBDA, tableBill, times } from './bill.ts';
import type { CallUse } from './handlers.ts';
import { prices } from './prices.ts';
import type { TextsMeasured } from './texts.ts';

/** As lib/ deploys them. */
const MEMORY_MB = 1_024;
const REQUESTS_PER_MESSAGE = 3;

/** What is assumed of models and of those who are shown their texts. */
export const TEXTS = {
  /** How long a model writes, in ms: about 200 tokens a second. */
  insightsMs: 3_000,
  suggestionsMs: 1_200,
  /** Texts that a call of the worker waits for side by side. */
  atOnce: 2,
  dashboardsPerUserAndDay: 2,
  insightsPerUserAndDay: 0.3,
  suggestionsPerUserAndDay: 3,
  updatesPerUserAndDay: 10,
  /** Of suggestions, those that no kept text answers. */
  suggestionsWritten: 0.5,
  /** Tokens of a day that the stack may use by default. */
  budget: 2_000_000,
} as const;

/** Dollars of tokens. */
export const tokenPrice = (
  { input, output }: Tokens,
  model: { readonly input: number; readonly output: number },
): number => input * model.input + output * model.output;

/** An invocation that waits for a model beside its other waits. */
const waiting = ({ table, cpuMs, rounds }: CallUse, modelMs: number): Bill =>
  addBills(
    invocationBill({ memoryMb: MEMORY_MB, cpuMs, rounds: rounds + modelMs / LAMBDA.roundMs, logBytes: 0 }),
    tableBill(table),
  );

const answered = (use: CallUse, modelMs = 0): Bill => addBills(gatewayBill, waiting(use, modelMs));

/** AWS bills half a unit for a query that finds nothing; the embedded table says none. */
const LEAST_READ = 0.5;

const atLeastOneRead = (use: CallUse): CallUse => ({
  ...use,
  table: { ...use.table, readUnits: Math.max(LEAST_READ, use.table.readUnits) },
});

/** Bills of one of each, without tokens. */
export const textBills = (measured: TextsMeasured) => ({
  dashboardNew: addBills(answered(measured.dashboardNew), { SQS: prices.sqs.request }),
  dashboardText: answered(measured.dashboardText),
  dashboardAgain: answered(measured.dashboardAgain),
  insights: answered(measured.insights),
  suggestWritten: answered(measured.suggestWritten, TEXTS.suggestionsMs),
  suggestKept: answered(measured.suggestKept),
  updates: answered(atLeastOneRead(measured.updates)),
  worker: addBills(waiting(measured.worker, TEXTS.insightsMs / TEXTS.atOnce), {
    SQS: REQUESTS_PER_MESSAGE * prices.sqs.request,
  }),
});

/** A month of so many users who see their dashboards, without and with texts of models; `textsPerDashboard` from bench/insights.ts. */
export const textsMonth = (
  measured: TextsMeasured,
  { users, days, textsPerDashboard }: { users: number; days: number; textsPerDashboard: number },
) => {
  const bills = textBills(measured);
  const each = (perDay: number, bill: Bill) => times(users * days * perDay, bill);
  const { dashboardsPerUserAndDay: dashboards, suggestionsPerUserAndDay: suggestions } = TEXTS;
  const others = addBills(
    each(TEXTS.insightsPerUserAndDay, bills.insights),
    each(TEXTS.updatesPerUserAndDay, bills.updates),
  );
  const off = addBills(each(dashboards, bills.dashboardText), each(suggestions, bills.suggestKept), others);
  const written = TEXTS.suggestionsWritten;
  const on = addBills(
    each(dashboards * textsPerDashboard, addBills(bills.dashboardNew, bills.worker)),
    each(dashboards * (1 - textsPerDashboard), bills.dashboardText),
    each(suggestions * written, bills.suggestWritten),
    each(suggestions * (1 - written), bills.suggestKept),
    others,
  );
  const texts = {
    insights: users * days * dashboards * textsPerDashboard,
    suggestions: users * days * suggestions * written,
  };
  return { off, on, texts };
};

export const textAssumptions = ({ textsPerDashboard }: { textsPerDashboard: number }): string[] => [
  `texts: ${TEXTS.dashboardsPerUserAndDay} dashboards, ${TEXTS.insightsPerUserAndDay} pages of insights, ${TEXTS.suggestionsPerUserAndDay} suggestions and ${TEXTS.updatesPerUserAndDay} questions for updates per user and day`,
  `${textsPerDashboard} texts are written per dashboard (npm run bench:insights), and for ${TEXTS.suggestionsWritten * 100} % of suggestions`,
  'tokens are those of o200k_base over the real prompts and the answers of the fake: an approximation for Nova and Claude, whose own tokens may differ by a fifth or so',
  `a model writes insights in ${TEXTS.insightsMs} ms (${TEXTS.atOnce} at a time in one function) and suggestions in ${TEXTS.suggestionsMs} ms; nothing is refused, nothing is tried twice`,
  `"within the budget" is the most that ${TEXTS.budget} tokens a day (the default) may cost in a month, whatever is wanted`,
];
