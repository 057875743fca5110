import type { StepName } from '../../contracts/nights.ts';
import type { Access } from './access.ts';

/** What each step of the nights may touch; a step without an entry does not compile. */
export const stepGrants: Readonly<Record<StepName, Access>> = {
  plan: { table: 'read', bucket: 'write' },
  export: { table: 'read', scan: true, bucket: 'write' },
  size: { table: 'none', bucket: 'write' },
  train: { table: 'write', bucket: 'write' },
  'train-users': { table: 'read', bucket: 'write' },
  promote: { table: 'write', bucket: 'read' },
  publish: { table: 'write', bucket: 'read' },
  precompute: { table: 'write', bucket: 'read' },
  trending: { table: 'write', bucket: 'write' },
  count: { table: 'read', scan: true, bucket: 'write' },
  aggregate: { table: 'write', bucket: 'read' },
  'evaluate-experiments': { table: 'write', events: 'publish' },
  fail: { table: 'write', bucket: 'read' },
};
