import { getDashboard, getInsights, suggest } from '../../../contracts/insights/endpoints.ts';
import { expect } from '../fault.ts';
import type { Page } from '../print/page.ts';
import type { Stage } from '../stage.ts';
import { moved, percent } from './words.ts';

const PRIORITIES = { high: '!!!', medium: '!! ', low: '!  ' };

type ActionText = {
  readonly title: string;
  readonly description: string;
  readonly priority: keyof typeof PRIORITIES;
  readonly reason: string;
};

/** What to do, in three lines: what, how, why. */
const actionLines = (page: Page, { title, description, priority, reason }: ActionText): string[] => [
  ...page.rows([
    [
      [PRIORITIES[priority], 'number'],
      [title, 'name'],
    ],
  ]),
  ...page.rows([['   ', description]]),
  ...page.rows([['   ', [reason, 'quiet']]]),
];

/** A text below its kind, and the fact behind it where that says something else. */
const claimLines = (page: Page, kind: string, text: string, reason: string): string[] => [
  ...page.rows([[[kind.padEnd(11), 'number'], text]]),
  ...(text === reason ? [] : page.rows([[' '.repeat(11), [reason, 'quiet']]])),
];

/** The morning page: what to do first, what the market does, and what is likely to be done next. */
export const showDashboard = async (stage: Stage) => {
  const { body, request } = await stage.asks(getDashboard, { params: { userId: stage.person.id } });
  expect(body.priorityActions.length > 0, `${request} has no priority action`);
  const { page } = stage;
  page.panel(
    'The morning page',
    request,
    body.priorityActions.flatMap((text) => actionLines(page, text)),
  );
  const market = body.marketInsights.map(
    ({ title, kind, body: text }) =>
      [
        [kind, 'number'],
        [`${title}: ${text}`, 'quiet'],
      ] as const,
  );
  if (market.length > 0) page.panel('Market insights', 'from the same answer', page.rows(market));
  const before = stage.swap(
    'next best',
    body.nextBestActions.map(({ action }) => action),
  );
  const next = body.nextBestActions
    .slice(0, 4)
    .map(
      ({ title, action, probability, expectedValue, reason }, place) =>
        [
          [title, 'name'],
          [`${percent(probability)}, worth ${expectedValue.toFixed(0)}`, 'number'],
          moved(action, place, before),
          [reason, 'quiet'],
        ] as const,
    );
  if (next.length > 0)
    page.panel(
      'Next best actions',
      'from the same answer',
      page.rows(next, { columns: [{ most: 42 }, { align: 'right' }, { most: 4 }] }),
    );
  page.paper.write(...page.words(`${body.reason}.`));
  stage.note('First on the page', body.priorityActions[0]?.title ?? '');
  stage.note('Next best action', body.nextBestActions[0]?.title ?? 'none');
  return body;
};

type Situation = {
  currentPage: string;
  recentActions?: string[];
  timeOfDay?: string;
  profileCompletion?: number;
};

/** What to do next on a page. */
export const showSuggestions = async (stage: Stage, context: Situation) => {
  const { body, request } = await stage.asks(suggest, { body: { context } });
  expect(body.suggestions.length > 0, `${request} suggests nothing`);
  const { page } = stage;
  page.panel(
    `Suggestions on the page "${context.currentPage}"`,
    request,
    body.suggestions.flatMap((text) => actionLines(page, text)),
  );
  return body;
};

/** Behaviour, predictions and advice in words, each with the fact behind it. */
export const showInsights = async (stage: Stage) => {
  const { body, request } = await stage.asks(getInsights, { params: { userId: stage.person.id } });
  expect(body.facts.length > 0, `${request} knows no fact`);
  const { page } = stage;
  const rows = [
    ...body.behaviour.map(({ text, reason }) => ['behaviour', text, reason] as const),
    ...body.predictions.map(({ name, text, reason }) => [name, text, reason] as const),
    ...body.advice.map(({ title, text, reason }) => ['advice', `${title}: ${text}`, reason] as const),
  ];
  page.panel(
    'Insights, each with its fact',
    request,
    rows.flatMap(([kind, text, reason]) => claimLines(page, kind, text, reason)),
  );
  stage.note('Facts behind insights', String(body.facts.length));
  return body;
};
