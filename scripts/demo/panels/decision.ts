import { getDecision } from '../../../contracts/decisions/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import { expect } from '../fault.ts';
import type { Cell } from '../print/table.ts';
import type { Stage } from '../stage.ts';
import { percent, share } from './words.ts';

type Decision = AnswerOf<typeof getDecision>;
type Row = readonly Cell[];

const pathRows = ({ path }: Decision): Row[] => {
  if (path === undefined) return [];
  const { terms, mastery, pace, style, signal } = path;
  return [
    [
      ['difficulty', 'name'],
      `base × (1 ${signed(terms.performance)} ${signed(terms.time)} ${signed(terms.engagement)})`,
      ['performance, time, engagement', 'quiet'],
    ],
    [['minutes', 'name'], `× ${pace.toFixed(2)}`, ['the pace that was seen', 'quiet']],
    [['mastery', 'name'], percent(mastery.mastery), [`after ${mastery.results} results`, 'quiet']],
    [['style', 'name'], style ?? 'unknown', [`sign: ${signal}`, 'quiet']],
  ];
};

const generationRows = ({ generation }: Decision): Row[] =>
  (generation?.parameters ?? []).map(({ name, value, from, expected, reason }) => [
    [name, 'name'],
    [`${value} (${from}, ${share(expected)})`, 'number'],
    [reason, 'quiet'],
  ]);

const homepageRows = ({ homepage }: Decision): Row[] => {
  if (homepage === undefined) return [];
  const sections = homepage.sections.map(({ section, elements }) => `${elements} ${section}`).join(', ');
  return [
    [
      ['hero', 'name'],
      [homepage.hero.id, 'number'],
      [homepage.hero.reason, 'quiet'],
    ],
    [['sections', 'name'], '', [sections, 'quiet']],
  ];
};

const signed = (value: number): string => `${value < 0 ? '−' : '+'} ${Math.abs(value).toFixed(2)}`;

/** Why an answer was as it was, asked for by its decision id. */
export const showDecision = async (stage: Stage, decisionId: string) => {
  const { body, request } = await stage.asks(getDecision, { params: { decisionId } });
  expect(body.userId === stage.person.id, `${request} tells of another user`);
  const { page } = stage;
  const candidates = (body.candidates ?? []).slice(0, 3).map(({ title, itemId, score, parts }) => {
    const shares = Object.entries(parts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([source, part]) => `${source} ${share(part)}`);
    return [
      [title ?? itemId, 'name'],
      [share(score), 'number'],
      [shares.join(' + '), 'quiet'],
    ] as const;
  });
  const rules = body.rules.map(
    ({ name, verdict, reason }) =>
      [
        [name, 'name'],
        [verdict, 'number'],
        [reason, 'quiet'],
      ] as const,
  );
  const arms = body.experiments.map(
    ({ key, variant, reason }) =>
      [
        [key, 'name'],
        [variant, 'number'],
        [reason, 'quiet'],
      ] as const,
  );
  const sources = (body.sources ?? []).map(
    ({ source, meaning, elements }) =>
      [
        [source, 'name'],
        [`${elements} elements`, 'number'],
        [meaning, 'quiet'],
      ] as const,
  );
  const told = [...pathRows(body), ...generationRows(body), ...homepageRows(body)];
  const columns = [{ most: 34 }, { most: 24 }];
  const reproduced =
    body.reproduced === undefined
      ? ''
      : ` Made again from its stored inputs: ${body.reproduced ? 'the same' : 'different'}.`;
  page.panel(`Why? The decision explains itself (${body.kind})`, request, [
    ...page.rows(rules, { columns }),
    ...page.rows(arms, { columns }),
    ...page.rows(candidates, { columns }),
    ...page.rows(sources, { columns }),
    ...page.rows(told, { columns: [{ most: 20 }, { most: 40 }] }),
    ...page.words(
      `${body.segments.length} segments, ${body.rules.length} rules, ${body.experiments.length} experiments at that moment.${reproduced}`,
    ),
  ]);
  return body;
};
