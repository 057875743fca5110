import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { evaluatePolicyFiles } from '../../../scripts/evaluate-policy/run.ts';
import { logOf, type World } from '../../core/experiments/policy/logs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const fileOf = (text: string): string => {
  files += 1;
  const file = path.join(folder, `file-${files}`);
  writeFileSync(file, text);
  return file;
};
const evaluate = (log: string, policy: string, ...more: string[]) =>
  evaluatePolicyFiles(['--log', fileOf(log), '--policy', fileOf(policy), ...more]);

const HEADER = 'item_id,position,click,propensity_score';
const log = [HEADER, 'a,1,1,0.5', 'b,1,0,0.5', 'a,2,0,0.25', 'b,2,1,0.75', 'a,1,1,0.5'].join('\n');
const everywhere = '{"actions": {"a": 1}}';

const world: World = {
  contextCount: 2,
  actionCount: 3,
  logging: [1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3],
  evaluated: [0.1, 0.2, 0.7, 0.6, 0.3, 0.1],
  rewards: [0.1, 0.2, 0.4, 0.5, 0.05, 0.2],
};
const csvOf = (policy: readonly number[], seed: number): string => {
  const { contexts, actions, rewards, propensities } = logOf(world, policy, 3_000, seed);
  const rows = [...actions].map(
    (action, row) => `item-${action},${contexts[row]! + 1},${rewards[row]},${propensities[row]}`,
  );
  return [HEADER, ...rows].join('\n');
};

describe('evaluate:policy', () => {
  it('of stated probabilities, by hand', async () => {
    const told = await evaluate(log, everywhere);
    expect(told.estimates.ips.value).toBeCloseTo((2 + 0 + 0 + 2) / 5, 12);
    expect(told.estimates.snips.value).toBeCloseTo(4 / (2 + 4 + 2), 12);
    expect(told).toMatchObject({
      rows: 5,
      actions: 2,
      positions: ['1', '2'],
      policyFrom: 'stated probabilities',
    });
    expect(told.diagnostics.rowsNeverTaken).toBeCloseTo(0.4, 12);
    expect(told).not.toHaveProperty('ownLog');
  });

  it('by position, and the same for tabs, a byte order mark and other names', async () => {
    const policy = '{"positions": {"1": {"a": 0.5, "b": 0.5}, "2": {"b": 1}, "9": {"z": 1}}}';
    const told = await evaluate(log, policy);
    expect(told.estimates.ips.value).toBeCloseTo((1 + 0 + 0 + 1 / 0.75 + 1) / 5, 12);
    const named = log.replace(HEADER, 'arm,slot,gain,p').replaceAll(',', '\t');
    const again = await evaluate(
      `\uFEFF${named}`,
      policy,
      ...['--action', 'arm', '--reward', 'gain', '--propensity', 'p', '--position', 'slot'],
    );
    expect(again.estimates).toEqual(told.estimates);
  });

  it('without positions', async () => {
    const told = await evaluate(log, everywhere, '--no-position');
    expect(told.positions).toBeNull();
    expect(told.estimates.ips.value).toBeCloseTo(0.8, 12);
  });

  it('of a policy that is another log: its shares by position, and what it saw', async () => {
    const told = await evaluate(csvOf(world.logging, 21), csvOf(world.evaluated, 22));
    expect(told.policyFrom).toBe('shares of actions in its own log');
    expect(told.ownLog?.rows).toBe(3_000);
    expect(told.ownLog?.agreement.dr).toMatchObject({ agrees: true, withinSeenInterval: true });
    expect(told.estimates.dr.lift.interval[0]).toBeGreaterThan(0);
    expect(told.warnings).toEqual([]);
  });

  it('of another log without rewards, and with actions that were never logged', async () => {
    const told = await evaluate(log, 'action,position\na,1\nc,2\nb,1');
    expect(told).not.toHaveProperty('ownLog');
    expect(told.actions).toBe(3);
    expect(told.diagnostics.unsupportedProbability).toBeCloseTo(0.4, 12);
    expect(told.warnings[0]).toContain('Support is lacking');
  });

  it('tells of rows that it left out', async () => {
    const told = await evaluate(`${log}\na,1\n`, everywhere);
    expect(told.rows).toBe(5);
    expect(told.warnings).toContainEqual(expect.stringContaining('1 rows of'));
  });

  const row = (text: string) => `${log}\n${text}`;
  it.each<[string, string, string, RegExp]>([
    [
      'a propensity of 0',
      row('a,1,1,0'),
      everywhere,
      /row 6: propensity_score must be above 0 and at most 1, not "0"/,
    ],
    ['a propensity above 1', row('a,1,1,1.2'), everywhere, /row 6: propensity_score .* not "1.2"/],
    ['no propensity', row('a,1,1,'), everywhere, /row 6: propensity_score .* not ""/],
    [
      'a reward that is no number',
      row('a,1,yes,0.5'),
      everywhere,
      /row 6: click must be a number, not "yes"/,
    ],
    ['an infinite reward', row('a,1,Infinity,0.5'), everywhere, /row 6: click must be a number/],
    ['no action', row(',1,1,0.5'), everywhere, /row 6: item_id is empty/],
    [
      'a missing column',
      'item_id,click\na,1',
      everywhere,
      /has no column propensity_score or propensity or pscore: name one by --propensity; there are item_id, click/,
    ],
    ['a header with a name twice', 'item_id,item_id\n1,2', everywhere, /names "item_id" twice/],
    ['no rows', HEADER, everywhere, /has no rows/],
    ['nothing', '', everywhere, /is empty/],
    ['quotes that never close', `${HEADER}\n"a,1,1,0.5`, everywhere, /cannot be read/],
    [
      'probabilities that do not add up',
      log,
      '{"actions": {"a": 0.5, "b": 0.4}}',
      /actions: probabilities must add up to 1, not 0\.9/,
    ],
    [
      'a negative probability',
      log,
      '{"actions": {"a": 1.5, "b": -0.5}}',
      /actions\.a must be a probability of 0 to 1, not 1\.5/,
    ],
    ['a text for a probability', log, '{"actions": {"a": "1"}}', /actions\.a must be a probability/],
    ['no probabilities', log, '{"actions": {}}', /actions must be an object with at least one entry/],
    ['another object', log, '{"arms": {"a": 1}}', /must have either "actions" or "positions"/],
    ['a list', log, '[1]', /must have either "actions" or "positions"/],
    ['broken JSON', log, '{"actions": ', /is no JSON/],
    [
      'a position that the policy lacks',
      log,
      '{"positions": {"1": {"a": 1}}}',
      /has no probabilities for position "2"/,
    ],
    [
      "a position that the policy's log lacks",
      log,
      'item_id,position\na,1',
      /has no probabilities for position "2"/,
    ],
    [
      "a policy's log without positions",
      log,
      'item_id,click\na,1',
      /has no column position: name one by --position/,
    ],
    [
      'positions that the log lacks',
      'item_id,click,propensity\na,1,1',
      '{"positions": {"1": {"a": 1}}}',
      /the log has none/,
    ],
  ])('refuses %s', async (_, logText, policyText, message) => {
    await expect(evaluate(logText, policyText)).rejects.toThrow(message);
  });

  it('refuses options that cannot be', async () => {
    await expect(evaluatePolicyFiles([])).rejects.toThrow('--log is missing');
    await expect(evaluatePolicyFiles(['--log', 'x', '--police', 'y'])).rejects.toThrow('--police');
    await expect(evaluate(log, everywhere, '--confidence', '95')).rejects.toThrow(
      '--confidence must be between',
    );
    await expect(evaluate(log, everywhere, '--position', 'click', '--no-position')).rejects.toThrow(
      'exclude',
    );
    await expect(evaluate(log, everywhere, '--reward', 'sales')).rejects.toThrow('has no column sales');
    const absent = path.join(folder, 'absent.csv');
    await expect(evaluatePolicyFiles(['--log', absent, '--policy', absent])).rejects.toThrow(
      'cannot be read',
    );
  });

  it('prints one JSON object, or one line and exit code 1', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/evaluate-policy.ts', ...args], { encoding: 'utf8' });
    const good = run('--log', fileOf(log), '--policy', fileOf(everywhere));
    expect(good.status).toBe(0);
    expect(JSON.parse(good.stdout).estimates.ips.value).toBeCloseTo(0.8, 12);
    const bad = run('--log', fileOf(row('a,1,1,0')), '--policy', fileOf(everywhere));
    expect(bad.status).toBe(1);
    expect(bad.stdout).toBe('');
    expect(bad.stderr).toMatch(/^error: .*row 6: propensity_score must be above 0 and at most 1, not "0"\n$/);
  });
});

describe('Open Bandit', () => {
  it('the value of Bernoulli-Thompson from the random log agrees with its own log, where they are there', async () => {
    const data = process.env.ATTUNE_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data');
    const [random, bandit] = ['random_men.csv', 'bts_men.csv'].map((name) =>
      path.join(data, 'openbandit', name),
    ) as [string, string];
    if (!existsSync(random) || !existsSync(bandit)) {
      console.warn(`${random} or ${bandit} is not there: skipped`);
      return;
    }
    const told = await evaluatePolicyFiles(['--log', random, '--policy', bandit]);
    const { value, agreement } = told.ownLog!;
    for (const name of ['ips', 'snips', 'dr'] as const) {
      const [low, high] = told.estimates[name].interval;
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
      expect(agreement[name]).toMatchObject({ agrees: true, withinSeenInterval: true });
    }
    expect(told.warnings).toEqual([]);
  });
});
