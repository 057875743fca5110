import type { Step } from '../../contracts/nights.ts';
import type { Access } from './access.ts';

/** What each step of the nights may touch; a step without an entry does not compile. */
export const stepGrants: Readonly<Record<Step['name'], Access>> = {
  export: { table: 'read', scan: true, bucket: 'write' },
  train: { table: 'write', bucket: 'write' },
  promote: { table: 'write', bucket: 'read' },
  publish: { table: 'write', bucket: 'read' },
  precompute: { table: 'write', bucket: 'read' },
  trending: { table: 'write', bucket: 'write' },
};
