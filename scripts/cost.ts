/**
 * What Attune costs on AWS, from units measured in this run and list prices: `npm run cost`.
 */
import { fixed, tableText } from '../bench/live/table-text.ts';
import { type Bill, SERVICES, total } from './cost/bill.ts';
import type { CallUse } from './cost/handlers.ts';
import { BULK, type Measured, measure, RULES } from './cost/measure.ts';
import { assumptions, monthBill, TENANT, tenantNight } from './cost/month.ts';
import { millionBills } from './cost/operations.ts';
import { prices } from './cost/prices.ts';
import { productAssumptions, productBills, productMonths } from './cost/product-bills.ts';
import { MODULES } from './cost/products.ts';
import { TEXTS, textAssumptions, textBills, textsMonth, tokenPrice } from './cost/text-bills.ts';

const say = (text: string): void => console.log(text);

const dollars = (amount: number): string => fixed(amount, 2);

const useRow = (name: string, { table, rounds, cpuMs }: CallUse, per = 1): string[] => [
  name,
  fixed(table.readUnits / per, 2),
  fixed(table.writeUnits / per, 2),
  fixed(rounds / per, 2),
  fixed(cpuMs / per, 2),
];

const sayUse = (measured: Measured): void => {
  const perRequest = BULK.users * BULK.perUser;
  say(
    tableText([
      ['measured, each', 'read units', 'write units', 'waits', 'processor ms'],
      useRow('interaction, single', measured.single),
      useRow('interaction, bulk: request', measured.bulkRequest, perRequest),
      useRow('interaction, bulk: worker', measured.bulkMessage, perRequest / measured.messages),
      useRow('20 recommendations, computed, new', measured.computedNew),
      useRow('20 recommendations, computed, again', measured.computedAgain),
      useRow('20 recommendations, precomputed', measured.precomputed),
      useRow(`config with ${RULES} rules, new`, measured.configNew),
      useRow(`config with ${RULES} rules, again`, measured.configAgain),
    ]),
  );
};

/** Columns of bills, rows of services with their dollars and shares. */
const sayBills = (title: string, bills: Readonly<Record<string, Bill>>): void => {
  const names = Object.keys(bills);
  const rows = SERVICES.filter((service) => names.some((name) => bills[name]?.[service])).map((service) => [
    service,
    ...Object.values(bills).map((bill) => {
      const share = ((bill[service] ?? 0) / total(bill)) * 100;
      return `${dollars(bill[service] ?? 0)} (${fixed(share, 0).padStart(2)} %)`;
    }),
  ]);
  const sums = ['together', ...Object.values(bills).map((bill) => `${dollars(total(bill))}       `)];
  say(`\n${title}`);
  say(tableText([['dollars', ...names], ...rows, sums]));
};

const sayTexts = ({ texts: measured }: Measured): void => {
  say('');
  say(
    tableText([
      ['answers with texts, each', 'read units', 'write units', 'waits', 'processor ms'],
      useRow('dashboard that asks for a text', measured.dashboardNew),
      useRow('dashboard with a new text', measured.dashboardText),
      useRow('dashboard, again', measured.dashboardAgain),
      useRow('insights', measured.insights),
      useRow('suggestions, written by a model', measured.suggestWritten),
      useRow('suggestions, kept', measured.suggestKept),
      useRow('realtime updates, nothing new', measured.updates),
      useRow('text of insights, by the worker', measured.worker),
    ]),
  );
};

/** Dollars per thousand texts by model, and of the month of the tenant: as many as are wanted, and the most that the budget allows. */
const sayModels = ({ texts: measured }: Measured): void => {
  const { tokens } = measured;
  const bills = textBills(measured);
  const month = textsMonth(measured, TENANT);
  const perThousand = (bill: Bill): number => 1_000 * total(bill);
  const { insights, suggestions } = month.texts;
  const budget = TENANT.days * TEXTS.budget;
  const share = tokens.insights.output / (tokens.insights.input + tokens.insights.output);
  const rows = prices.bedrock.models.map((model) => {
    const [ofInsights, ofSuggestions] = [
      tokenPrice(tokens.insights, model),
      tokenPrice(tokens.suggestions, model),
    ];
    return [
      model.name,
      fixed(1_000 * ofInsights + perThousand(bills.worker), 3),
      fixed(1_000 * ofSuggestions + perThousand(bills.suggestWritten), 3),
      dollars(insights * ofInsights + suggestions * ofSuggestions),
      dollars(tokenPrice({ input: budget * (1 - share), output: budget * share }, model)),
    ];
  });
  const header = ['dollars', '1000 insights', '1000 suggestions', 'a month, tokens', 'within the budget'];
  say('');
  say(tableText([header, ...rows]));
  say(
    `tokens in and out of a text: insights ${fixed(tokens.insights.input, 0)} and ${fixed(tokens.insights.output, 0)}, ` +
      `suggestions ${fixed(tokens.suggestions.input, 0)} and ${fixed(tokens.suggestions.output, 0)}`,
  );
  say(
    `of a thousand, without tokens: insights ${fixed(perThousand(bills.worker), 3)}, suggestions ${fixed(perThousand(bills.suggestWritten), 3)}`,
  );
  sayBills(
    `${TENANT.users} users, a month of dashboards, insights, suggestions and updates, without tokens`,
    {
      'insights off': month.off,
      'insights on': month.on,
    },
  );
};

const sayProducts = ({ products: measured }: Measured): void => {
  const bills = productBills(measured);
  const row = (name: string, of: keyof typeof bills): string[] => [
    ...useRow(name, measured[of]),
    dollars(1e6 * total(bills[of])),
  ];
  say('');
  say(
    tableText([
      ['of single products, each', 'read units', 'write units', 'waits', 'processor ms', 'dollars a million'],
      row('interaction, first of a day', 'firstOfDay'),
      row('interaction that unlocks an achievement', 'unlocking'),
      row('achievements', 'achievements'),
      row('claim of an achievement', 'claim'),
      row(`learning path of ${MODULES} modules, new`, 'pathNew'),
      row('learning path', 'path'),
      row('step on a learning path', 'progress'),
      row('generation parameters', 'parameters'),
      row('outcome of a generation', 'outcome'),
      row('templates', 'templates'),
      row('settings of the interface, new', 'settingsNew'),
      row('settings of the interface, again', 'settingsAgain'),
      row('metrics of a user', 'metrics'),
      row('homepage, made when asked for', 'homepageNew'),
      row('homepage, kept or made by the night', 'homepageKept'),
    ]),
  );
  say(`a kept homepage takes ${fixed(measured.pageUnits, 2)} write units`);
  sayBills(`${TENANT.users} users, a month of what a product has alone`, productMonths(measured, TENANT));
};

const measured = await measure();
const millions = millionBills(measured);
sayUse(measured);
sayBills('a million', {
  'interactions, single': millions.single,
  'interactions, bulk': millions.bulk,
  'computed, new': millions.computedNew,
  'computed, again': millions.computedAgain,
  precomputed: millions.precomputed,
  'config, new': millions.configNew,
  'config, again': millions.configAgain,
});
sayBills(`${TENANT.users} users`, {
  'a night': tenantNight(measured),
  'a month, single tracking': monthBill(measured, millions, 'single'),
  'a month, bulk tracking': monthBill(measured, millions, 'bulk'),
});
sayTexts(measured);
sayModels(measured);
sayProducts(measured);
say(`\nprices: ${prices.source}, ${prices.date}; ${prices.bedrock.source}, ${prices.bedrock.date}. Assumed:`);
for (const assumption of [...assumptions(), ...textAssumptions(TENANT), ...productAssumptions()])
  say(`- ${assumption}`);
process.exit();
