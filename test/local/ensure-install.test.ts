import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let root: string;

/** A clone with nothing but the script, and an npm that only notes how it was called. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attune-clone-'));
  mkdirSync(join(root, 'scripts'));
  cpSync('scripts/ensure-install.mjs', join(root, 'scripts/ensure-install.mjs'));
  const npm = "require('node:fs').writeFileSync('npm-called', process.argv.slice(2).join(' '));";
  writeFileSync(join(root, 'npm.js'), `${npm} process.exit(Number(process.env.NPM_EXIT ?? 0));`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', optional: true },
};

const files = (installed?: object) => {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  if (!installed) return;
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
};

const run = (env: Record<string, string> = {}) => {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const { status } = spawnSync(process.execPath, ['scripts/ensure-install.mjs'], {
    cwd: root,
    env: { ...inherited, npm_execpath: join(root, 'npm.js'), ...env },
  });
  const note = join(root, 'npm-called');
  return { status, npm: existsSync(note) ? readFileSync(note, 'utf8') : undefined };
};

describe('ensure-install', () => {
  it('installs into a fresh clone, and leaves the lock file alone', () => {
    files();
    const { status, npm } = run();
    expect(status).toBe(0);
    expect(npm).toContain('install');
    expect(npm).toContain('--no-save');
  });

  it('installs what has another version or is missing', () => {
    files({ 'node_modules/a': { version: '0.9.0' } });
    expect(run().npm).toContain('install');
  });

  it('does nothing when all is there, optional packages of other platforms aside', () => {
    files({ 'node_modules/a': { version: '1.0.0' } });
    expect(run()).toEqual({ status: 0, npm: undefined });
  });

  it('stops the start when npm fails', () => {
    files();
    expect(run({ NPM_EXIT: '3' }).status).toBe(3);
  });
});
