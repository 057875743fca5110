/**
 * Evaluates every model on the purchases of beauty and toys and writes docs/quality.md.
 * Usage: npm run quality [-- --data beauty,toys] [--models ease,hybrid] [--keep]
 * What a command printed is kept in .cache/quality; models that are not named come from there, and with --keep
 * nothing is measured again that is there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allModels } from '../core/learn/models/all.ts';
import type { Report } from './evaluate/run.ts';
import { type Outcome, qualityPage, type Section } from './quality/markdown.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const DATA = process.env.ATTUNE_DATA ?? path.resolve(ROOT, '../shared/data');
const KEPT = path.join(ROOT, '.cache/quality');
const PAGE = path.join(ROOT, 'docs/quality.md');

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'beauty,toys' },
    models: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const names = values.data.split(',');
const models = values.models?.split(',');
const missing = names.filter((name) => !existsSync(path.join(DATA, `${name}.tsv`)));
if (missing.length > 0) {
  console.log(
    `${missing.join(', ')}: not in ${DATA}; nothing is measured and ${path.basename(PAGE)} stays as it is`,
  );
} else {
  mkdirSync(KEPT, { recursive: true });
  const sections = names.map(sectionFor);
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores, Node ${process.versions.node.split('.')[0]}`;
  writeFileSync(PAGE, qualityPage(sections, { day, machine }));
  console.log(`${path.relative(ROOT, PAGE)} is written`);
}

function sectionFor(name: string): Section {
  return { title: name, outcomes: allModels.map(({ name: model }) => outcomeOf(name, model)) };
}

function outcomeOf(data: string, model: string): Outcome {
  const file = path.join(KEPT, `${data}-${model}.json`);
  const folder = '../shared/data';
  const command = `npm run -s evaluate -- --train ${folder}/${data}.tsv --items ${folder}/${data}_items.jsonl --model ${model}`;
  const isAsked = models === undefined ? !values.keep : models.includes(model);
  if (!isAsked && existsSync(file)) {
    return { model, command, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  }
  if (models !== undefined && !isAsked) return { model, command, fault: 'not measured' };
  console.log(`${data}: ${model}`);
  const args = ['--train', `${data}.tsv`, '--items', `${data}_items.jsonl`, '--model', model];
  const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'scripts/evaluate.ts'), ...args], {
    cwd: DATA,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) return { model, command, fault: `failed with exit code ${status}` };
  writeFileSync(file, stdout);
  return { model, command, report: JSON.parse(stdout) as Report };
}
