import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadInput } from '../../../scripts/evaluate/bad-input.ts';
import { evaluateOptions } from '../../../scripts/evaluate/options.ts';
import { evaluate, type Report } from '../../../scripts/evaluate/run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'evaluate-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (...lines: string[]): string => {
  const file = path.join(folder, `${Math.random()}.tsv`);
  writeFileSync(file, lines.join('\n').replaceAll(' ', '\t'));
  return file;
};
const run = (...args: string[]): Report =>
  evaluate(evaluateOptions(['--threads', '1', ...args])!, () => undefined);

/** Ten users; item p is everybody's, q half of theirs, and the rest come in pairs. */
const train = () => {
  const lines = Array.from({ length: 10 }, (_, user) => [
    `u${user} p 1 1`,
    ...(user % 2 === 0 ? [`u${user} q 1 2`] : []),
    `u${user} x${user % 3} 1 3`,
  ]);
  return fileOf('user item value order', ...lines.flat());
};

describe('the evaluator', () => {
  it('ranks the test item among the given negatives, ties against it: popular has an exact answer', () => {
    const test = fileOf('user item', 'u0 x1', 'u1 q', 'u2 p', 'u3 unknown', 'u4 x0');
    const negatives = fileOf('user a b c', 'u0 q x0 x2', 'u1 x0 p q', 'u2 p q x0', 'u3 x1 x2 x0');
    const { metrics, cases, notAsked, protocol } = run(
      ...['--train', train(), '--test', test, '--negatives', negatives, '--model', 'popular', '--k', '1,2'],
    );
    expect({ cases, notAsked, protocol }).toEqual({
      cases: 4,
      notAsked: 1,
      protocol: 'test file, given negatives',
    });
    expect(metrics).toMatchObject({ 'hr@1': 0.25, 'hr@2': 0.5, 'mrr@2': 0.375, 'ndcg@2': 0.407732 });
  });

  it("ranks the full catalogue without the user's own items, and cuts each user's last item by itself", () => {
    const { metrics, users, items, interactions, cases } = run(
      '--train',
      train(),
      '--model',
      'popular',
      '--k',
      '1,3',
    );
    expect({ users, items, interactions, cases }).toEqual({
      users: 10,
      items: 5,
      interactions: 15,
      cases: 10,
    });
    expect(metrics).toMatchObject({
      'hr@1': 0,
      'hr@3': 0.5,
      'recall@3': 0.5,
      'mrr@3': 0.166667,
      coverage: 0.6,
    });
  });

  it('counts recall over all test items of a user', () => {
    const test = fileOf('user item', 'u1 q', 'u1 x0', 'u1 x2');
    const { metrics } = run('--train', train(), '--test', test, '--model', 'popular', '--k', '1,3');
    expect(metrics).toMatchObject({
      'recall@1': 0.333333,
      'precision@1': 1,
      'recall@3': 1,
      'ndcg@3': 1,
      'hr@3': 1,
    });
  });

  it('offers items of the catalogue that nobody has touched', () => {
    const items = path.join(folder, 'items.jsonl');
    writeFileSync(
      items,
      '{"item":"x0","tags":["jazz","live"]}\n{"item":"new","tags":["jazz"]}\n{"item":"p","tags":["pop"]}\n',
    );
    const test = fileOf('user item', 'u0 new');
    const args = ['--train', train(), '--test', test, '--model', 'content', '--k', '1', '--params'];
    const params = '{"latest":1,"popularity":0,"positionDecay":1}';
    expect(run(...args, params, '--items', items).metrics['hr@1']).toBe(1);
    expect(() => run(...args, params)).toThrow('content needs the texts or tags');
  });

  it('predicts the next items of sessions, where items come again', () => {
    const sessions = fileOf('user item order', 's a 1', 's b 2', 't b 3', 't b 4', 't a 5');
    const test = fileOf('user item order', 'z b 1', 'z new 2', 'z b 3', 'z a 4', 'y a 1');
    const { metrics, cases } = run(
      ...['--train', sessions, '--test', test, '--protocol', 'sessions', '--model', 'popular', '--k', '1,20'],
    );
    expect(cases).toBe(2);
    expect(metrics).toMatchObject({ 'hr@20': 1, 'mrr@20': 0.5 });
  });

  it('chooses parameters on validation, keeps given ones, and repeats itself', () => {
    const [users, picks] = [60, 6];
    const lines = Array.from({ length: users * picks }, (_, at) => {
      const user = at % users;
      return `u${user} i${(user % 4) * 5 + ((Math.floor(at / users) + user) % 5)} ${at}`;
    });
    const file = fileOf('user item order', ...lines);
    const args = ['--train', file, '--model', 'item-knn', '--params', '{"neighbours":7}'];
    const report = run(...args);
    expect(report.params).toMatchObject({ neighbours: 7 });
    expect(report.chosen).toMatchObject({ metric: 'ndcg@10', cases: users });
    expect(report.chosen!.tried).toBeGreaterThan(5);
    expect({ ...run(...args).metrics, ...run(...args).params }).toEqual({
      ...report.metrics,
      ...report.params,
    });
    expect(run(...args, '--no-tune').chosen).toBeUndefined();
  });

  it('has figures for groups, given or by activity', () => {
    const groups = fileOf('user group', 'u0 even', 'u1 odd');
    expect(Object.keys(run('--train', train(), '--model', 'popular').metrics.groups!)).toContain('light');
    const given = run('--train', train(), '--model', 'popular', '--groups', groups).metrics.groups!;
    expect(given).toMatchObject({ even: { users: 1 }, odd: { users: 1 } });
  });

  it.each([
    ['a model that is unknown', ['--model', 'magic'], 'there are popular'],
    ['a parameter that is unknown', ['--model', 'item-knn', '--params', '{"k":3}'], 'has no parameter "k"'],
    ['a parameter out of range', ['--model', 'item-knn', '--params', '{"neighbours":0}'], 'at least 1'],
    [
      'a parameter that is no number',
      ['--model', 'item-knn', '--params', '{"shrinkage":"x"}'],
      'must be a number',
    ],
    ['parameters that are no JSON', ['--model', 'popular', '--params', '{'], 'not valid JSON'],
    ['an option that is unknown', ['--model', 'popular', '--metrik', 'x'], 'metrik'],
    ['a cut-off of nothing', ['--model', 'popular', '--k', '0'], '--k must be a whole number'],
    ['a split that is unknown', ['--model', 'popular', '--split', 'time:2'], '--split must be'],
    ['negatives without a test', ['--model', 'popular', '--negatives', 'x'], '--negatives needs --test'],
    ['no model', [], '--model is missing'],
  ])('refuses %s', (_, args, message) => {
    expect(() => run('--train', train(), ...args)).toThrow(BadInput);
    expect(() => run('--train', train(), ...args)).toThrow(message);
  });

  it.each([
    ['one interaction', ['user item', 'u a']],
    ['one user per item', ['user item', 'u a', 'v b']],
  ])('says that nobody can be asked where there is %s', (_, lines) => {
    expect(() => run('--train', fileOf(...lines), '--model', 'popular')).toThrow(
      'nobody is left to be asked',
    );
  });

  it('survives one user, one item, and users who have everything', () => {
    const one = run('--train', fileOf('user item', 'u a', 'u b'), '--model', 'item-knn');
    expect(one.metrics['hr@10']).toBe(1);
    const everything = fileOf('user item', 'u a', 'u b', 'v a', 'v b');
    const test = fileOf('user item', 'u a', 'v other');
    expect(run('--train', everything, '--test', test, '--model', 'item-knn').metrics['hr@10']).toBe(0);
  });

  it('prints one JSON object, or nothing and an exit code of 1', () => {
    const script = path.resolve(import.meta.dirname, '../../../scripts/evaluate.ts');
    const call = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    const good = call('--train', train(), '--model', 'popular');
    expect(Object.keys(JSON.parse(good.stdout))).toEqual(
      expect.arrayContaining(['model', 'params', 'metrics', 'trainSeconds', 'predictMicros', 'peakRssMb']),
    );
    const bad = call('--train', path.join(folder, 'none.tsv'), '--model', 'popular');
    expect([bad.status, bad.stdout]).toEqual([1, '']);
    expect(bad.stderr).toContain('none.tsv cannot be read');
  });
});
