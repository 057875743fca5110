import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

// biome-ignore lint/suspicious/noExplicitAny: what the import sends, of every shape
type Recorded = Record<string, any>;

/** An API that notes what it is sent; `fault` may spoil the answer to a request. */
let interactions: Map<string, Recorded>;
let items: Map<string, Recorded>;
let requests: number;
let fault: (request: number) => number | 'hang up' | undefined;
let api: Server;
let folder: string;

const refusals = (sent: Recorded[]) =>
  sent.flatMap((entry, index) => {
    const wrong = entry.userId === 'forbidden' || entry.title === 'forbidden';
    return wrong ? [{ index, errors: [{ path: 'userId', message: 'is not allowed' }] }] : [];
  });

const take = (body: Recorded) => {
  const sent: Recorded[] = body.interactions ?? body.items;
  const rejected = refusals(sent);
  const bad = new Set(rejected.map(({ index }) => index));
  for (const [index, entry] of sent.entries()) {
    if (bad.has(index)) continue;
    if (body.items) items.set(entry.itemId, entry);
    else interactions.set(entry.interactionId, entry);
  }
  return { accepted: sent.length - rejected.length, rejected };
};

beforeEach(async () => {
  [interactions, items, requests, fault] = [new Map(), new Map(), 0, () => undefined];
  folder = mkdtempSync(join(tmpdir(), 'attune-import-'));
  api = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.url === '/local/token') return void response.end('{"token":"local"}');
    if (request.headers.authorization === undefined) return void response.writeHead(401).end();
    requests += 1;
    const spoilt = fault(requests);
    if (spoilt === 'hang up') return void request.socket.destroy();
    if (spoilt !== undefined) return void response.writeHead(spoilt).end('{"type":"internal"}');
    response.writeHead(202).end(JSON.stringify(take(JSON.parse(Buffer.concat(parts).toString()))));
  });
  await new Promise<void>((done) => void api.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  api.closeAllConnections();
  await new Promise((done) => api.close(done));
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const run = (...args: string[]): Promise<{ code: number; output: string }> => {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/api`;
  const child = spawn(process.execPath, [resolve('scripts/import.ts'), '--url', url, ...args], {
    cwd: folder,
    env,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
  return new Promise((done) => child.on('exit', (code) => done({ code: code ?? -1, output })));
};

const purchases = (rows: number): string => {
  const lines = Array.from({ length: rows }, (_, row) => `u${row % 7}\ti${row}\t1\t${row}`);
  return `user\titem\tvalue\torder\n${lines.join('\n')}\n`;
};

const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000;

describe('import of interactions', () => {
  it('maps the columns, and turns an order into times', async () => {
    const { code } = await run('--interactions', file('a.tsv', purchases(3)));
    expect(code).toBe(0);
    const sent = [...interactions.values()].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
    expect(sent.map(({ interactionId: _, ...rest }) => rest)).toEqual(
      [0, 1, 2].map((n) => ({
        type: 'purchase',
        userId: `u${n}`,
        contentId: `i${n}`,
        value: 1,
        occurredAt: new Date(midnight - 20 * 86_400_000 + n * 60_000).toISOString(),
      })),
    );
  });

  it('reads CSV with quotes, a rating and a time, and JSON lines', async () => {
    const csv =
      'userId,contentId,type,rating,timestamp\nada,"a,1",view,4,1700000000\nada,a2,VIEW,5,2026-01-02T03:04:05Z\n';
    expect((await run('--interactions', file('a.csv', csv))).code).toBe(0);
    const jsonl = '{"user_id":"bob","item_id":7,"durationMs":1500,"occurredAt":1700000000000}\n';
    expect((await run('--interactions', file('b.data', jsonl), '--type', 'watch')).code).toBe(0);
    const sent = [...interactions.values()].map(({ interactionId: _, ...rest }) => rest);
    expect(sent).toEqual([
      { type: 'view', userId: 'ada', contentId: 'a,1', rating: 4, occurredAt: '2023-11-14T22:13:20.000Z' },
      { type: 'VIEW', userId: 'ada', contentId: 'a2', rating: 5, occurredAt: '2026-01-02T03:04:05.000Z' },
      {
        type: 'watch',
        userId: 'bob',
        contentId: '7',
        durationMs: 1500,
        occurredAt: '2023-11-14T22:13:20.000Z',
      },
    ]);
  });

  it('counts a second import of the same file once, but equal rows twice', async () => {
    const text = `user\titem\n${'ada\ti1\n'.repeat(5)}`;
    const name = file('a.tsv', text);
    expect((await run('--interactions', name)).code).toBe(0);
    expect((await run('--interactions', name)).code).toBe(0);
    expect(interactions.size).toBe(5);
  });

  it('goes on after an interruption, and sends no committed row again', async () => {
    const name = file('a.tsv', purchases(100));
    fault = (request) => (request === 6 ? 400 : undefined);
    const args = ['--interactions', name, '--batch', '10', '--concurrency', '1'];
    const first = await run(...args);
    expect(first.code).toBe(2);
    expect(first.output).toContain('400');
    expect(interactions.size).toBe(50);
    [fault, requests] = [() => undefined, 0];
    const second = await run(...args);
    expect(second.output).toContain('Going on after 50 rows');
    expect([second.code, requests, interactions.size]).toEqual([0, 5, 100]);
    expect(readdirSync(join(folder, '.attune-import'))).toEqual([]);
  });

  it('counts every row once when it is interrupted with requests side by side', async () => {
    const name = file('a.tsv', purchases(200));
    fault = (request) => (request === 7 ? 403 : undefined);
    const args = ['--interactions', name, '--batch', '10', '--concurrency', '4'];
    expect((await run(...args)).code).toBe(2);
    fault = () => undefined;
    expect((await run(...args)).code).toBe(0);
    expect(interactions.size).toBe(200);
    expect(new Set([...interactions.values()].map(({ contentId }) => contentId)).size).toBe(200);
  });

  it('tries again what may pass: 429, 500 and broken connections', async () => {
    const spoilt: Record<number, number | 'hang up'> = { 1: 429, 2: 503, 3: 'hang up' };
    fault = (request) => spoilt[request];
    expect((await run('--interactions', file('a.tsv', purchases(30)), '--batch', '10')).code).toBe(0);
    expect(interactions.size).toBe(30);
  });

  it('reports rejected lines with line numbers and reasons, and imports the others', async () => {
    const text =
      'user,item,value\nada,i1,1\n,i2,1\nada,,1\nforbidden,i3,1\nada,i4,many\nada,i5,1,9,9\nada,i6,1\n';
    const { code, output } = await run('--interactions', file('a.csv', text));
    expect(code).toBe(1);
    expect([...interactions.values()].map(({ contentId }) => contentId)).toEqual(['i1', 'i6']);
    const rejected = /with their reasons in (\S+);/.exec(output)?.[1] ?? '';
    const lines = readFileSync(join(folder, rejected), 'utf8').trim().split('\n');
    expect(lines.map((line) => line.replace(/: .*/, ''))).toEqual([
      'line 3',
      'line 4',
      'line 5',
      'line 6',
      'line 7',
    ]);
    expect(lines[0]).toContain('names no user');
    expect(lines[2]).toContain('is not allowed');
    expect(lines[3]).toContain('value is not a number');
    for (const line of lines) expect(output).toContain(line);
  });

  it('shows the first 20 rejected lines and keeps all, also those from before an interruption', async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row % 2 ? 'ada' : 'forbidden'},i${row}`);
    const name = file('a.csv', `user,item\n${rows.join('\n')}\n`);
    fault = (request) => (request === 4 ? 400 : undefined);
    const args = ['--interactions', name, '--batch', '10', '--concurrency', '1'];
    expect((await run(...args)).code).toBe(2);
    fault = () => undefined;
    const { code, output } = await run(...args);
    expect(code).toBe(1);
    expect(output).toContain('30 rejected');
    const rejected = /with their reasons in (\S+);/.exec(output)?.[1] ?? '';
    expect(readFileSync(join(folder, rejected), 'utf8').trim().split('\n')).toHaveLength(30);
  });
});

describe('import of a catalogue', () => {
  it('gives what is missing: titles and types', async () => {
    const text =
      '{"item":"i1","tags":["a","b"]}\n{"itemId":"i2","title":"Two","type":"course","brand":"x"}\nnot json\n';
    const { code, output } = await run('--catalog', file('items.jsonl', text));
    expect(code).toBe(1);
    expect(output).toContain('line 3: is not valid JSON');
    expect([...items.values()]).toEqual([
      { itemId: 'i1', type: 'product', title: 'Item i1', attributes: {}, tags: ['a', 'b'] },
      { itemId: 'i2', type: 'course', title: 'Two', attributes: { brand: 'x' } },
    ]);
  });

  it('sends at most 1,000 items at once', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => `{"item":"i${n}"}`).join('\n');
    expect((await run('--catalog', file('items.jsonl', lines))).code).toBe(0);
    expect([items.size, requests]).toEqual([2_500, 3]);
  });
});

describe('command line', () => {
  it('explains itself when it cannot understand what is wanted', async () => {
    for (const args of [
      [],
      ['--interactions', 'a.tsv', '--batch', '9000'],
      ['--nonsense'],
      ['--catalog', 'x', '--base-time', 'y'],
    ]) {
      const { code, output } = await run(...args);
      expect(code).toBe(2);
      expect(output).toContain('npm run import');
    }
    expect(await run('--catalog', 'none.jsonl')).toMatchObject({
      code: 2,
      output: expect.stringContaining('none.jsonl'),
    });
  });
});
