/**
 * Makes a fresh clone runnable: `node scripts/ensure-install.mjs [file]` checks this Node, installs what is missing or
 * out of date, then runs `file` on the Node that the project brings along. Plain JavaScript without any import of a
 * package, since it runs before there is any, on whatever Node the machine has.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

const install = () => {
  console.error(
    'Installing packages (npm ci); this happens once, and again when package-lock.json changes ...',
  );
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(
    `npm ci failed${error ? `: ${error.message}` : ''}. Correct what it says above and start again.`,
  );
  process.exit(status || 1);
};

const ownNode = () => {
  const file = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return {
    file,
    major: Number(packagesOf(join(root, 'package-lock.json'))['node_modules/node'].version.split('.')[0]),
  };
};

/** Runs the file in this process where this Node is new enough, else in a child that ends together with this process. */
const run = async (file) => {
  const own = ownNode();
  if (major() >= own.major) return import(pathToFileURL(file).href);
  const child = spawn(own.file, [file], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
};

if (major() < OLDEST_NODE) {
  console.error(`Attune needs Node ${OLDEST_NODE} or newer to start; this is Node ${process.versions.node}.`);
  process.exit(1);
}
if (!isInstalled()) install();
if (process.argv[2]) await run(resolve(process.argv[2]));
