/**
 * Makes a fresh clone runnable: checks this Node and installs what is missing or out of date. npm runs it before `start` and
 * `test`, in a shell of its own: the next shell then finds the Node that the project brings along. Plain JavaScript
 * without any import of a package, since it runs before there is any, on whatever Node the machine has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');

const major = () => Number(process.versions.node.split('.')[0]);

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. */
const isInstalled = () => {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
  );
};

/**
 * Installs what package-lock.json names and leaves that file alone. Not `npm ci`: it refuses a lock that lacks the optional
 * packages of other platforms, and a registry mirror that does not carry them all makes such locks.
 */
const install = () => {
  console.error('Installing packages; this happens once, and again when package-lock.json changes ...');
  const npm = process.env.npm_execpath;
  const options = ['install', '--no-save', '--no-audit', '--no-fund'];
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...options]] : ['npm', options];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(
    `npm install failed${error ? `: ${error.message}` : ''}. Correct what it says above and start again.`,
  );
  process.exit(status || 1);
};

if (major() < OLDEST_NODE) {
  console.error(`Attune needs Node ${OLDEST_NODE} or newer to start; this is Node ${process.versions.node}.`);
  process.exit(1);
}
if (!isInstalled()) install();
