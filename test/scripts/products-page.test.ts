import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../contracts/registry.ts';
import { type LiteralRow, replay } from '../../scripts/literal-bodies/replay.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { literalSender, servedBy } from '../support/literal-sender.ts';

const page = new URL('../../docs/products.md', import.meta.url);
const text = readFileSync(page, 'utf8');
const cells = text
  .split('\n')
  .filter((line) => /^\| .* \|$/.test(line) && !/^\| (product|---)/.test(line))
  .map((line) => line.slice(2, -2).split(' | '));

const CALLERS = { ada: 'user', backend: 'service', root: 'admin', nobody: 'nobody' } as const;
const REQUEST =
  /^(?:keep (?<name>\w+) (?<field>\w+) )?(?<caller>\w+) (?<method>[A-Z]+) "?(?<path>[^\s"]+)"?(?: '(?<body>.*)')?$/;

/** Where an answer names the field that is kept: lists of recommendations are bare. */
const KEPT_AT: Readonly<Record<string, string>> = { recommendationId: '0.recommendationId' };

/** Functions ask every few seconds whether catalogue, rules and experiments have changed. */
const CHANGES = /^(PUT|POST|DELETE) \/(catalog|personalization\/(rules|experiments))/;

const rowOf = ([product = '', capability = '', , cell = '']: string[]): LiteralRow => {
  const command = cell.replaceAll('`', '');
  const { name, field, caller, method, path, body } = REQUEST.exec(command)?.groups ?? {};
  if (!method || !path || !(caller! in CALLERS)) throw new Error(`cannot be read: ${command}`);
  return {
    line: `${product}: ${capability}`,
    method,
    path: path.replaceAll(/\$(\w+)/g, (_, kept) => `\${${kept}}`),
    as: CALLERS[caller as keyof typeof CALLERS],
    ...(body && { body: JSON.parse(body.replaceAll(/'\$(\w+)'/g, (_, kept) => `\${${kept}}`)) }),
    ...(name && field && { keep: { [name]: KEPT_AT[field] ?? field } }),
    ...(CHANGES.test(`${method} ${path}`) && { seenAfterSeconds: 6 }),
  };
};

const rows = cells.map(rowOf);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

describe('docs/products.md', () => {
  it('has a request for each row that is for its endpoint', () => {
    const named = cells.map(([, , endpoint = '']) => endpoint.replaceAll('`', '').replace(' /', ' /api/'));
    const wrong = named.filter((name, at) => {
      const endpoint = servedBy(rows[at]!)?.endpoint;
      return !endpoint?.routes.some(({ method, path }) => `${method} /api${path}` === name);
    });
    expect(wrong).toEqual([]);
  });

  it('names every endpoint, and only files that exist', () => {
    const missing = endpoints
      .filter(({ routes }) => routes.every(({ path }) => !text.includes(path)))
      .map(({ operationId }) => operationId);
    expect(missing).toEqual([]);
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(new URL(link, page)))).toEqual([]);
  });

  it('has requests that are answered by 2xx, each after those above', async () => {
    expect(await replay(rows, literalSender(engine), Date.now())).toEqual([]);
  });
});
