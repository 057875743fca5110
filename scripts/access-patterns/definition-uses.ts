import * as definitions from '../../adapters/dynamodb/access-patterns/definition.ts';
import { batchPut } from '../../adapters/dynamodb/batches.ts';
import type { Database } from '../../adapters/dynamodb/database.ts';
import { definitionToItem, logToItem } from '../../adapters/dynamodb/entities/definition.ts';
import { changeOf } from '../../core/definitions/change-of.ts';
import type { Change } from '../../core/definitions/types.ts';
import type { RuleBody } from '../../core/rules/types.ts';
import { NOW } from './typical.ts';
import type { Use } from './uses.ts';

const RULES = 200;
const WRITER = '0b8f7c1e-2d3a-4e5f-8a9b-1c2d3e4f5a6b';

const bodyOf = (n: number): RuleBody => ({
  name: `Fewer features for newcomers, part ${n}`,
  description: 'People who came less than five times and use few features see the essentials',
  enabled: true,
  priority: n % 10,
  contexts: ['dashboard'],
  condition: {
    and: [
      { in: ['new_user', { var: 'segments' }] },
      { '<': [{ var: 'session.count' }, n % 7] },
      { '==': [{ var: 'user.attributes.plan' }, 'team'] },
    ],
  },
  actions: { layout: 'comfortable', features: { hidden: [`export-${n}`, 'api-keys', 'audit-log'] } },
  holdout: 0.1,
});

const typicalChange = (n: number): Change<RuleBody> => {
  const id = `01KB8Q0Z7K8V5W2X9Y4A6B${String(n).padStart(4, '0')}`;
  const by = { sub: 'root', now: NOW };
  return changeOf({ action: 'created', body: bodyOf(n) }, { id, setVersion: n, before: undefined, by });
};

const changes = Array.from({ length: RULES }, (_, n) => typicalChange(n + 1));
const next = typicalChange(RULES + 1);

const firstNumbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

const fill = (database: Database): Promise<void> =>
  batchPut(
    { database: { ...database, meter: undefined }, name: 'fill' },
    changes.flatMap((change) => [logToItem('RULES', change, WRITER), definitionToItem('RULES', change)]),
  );

/** In this order: the first fills the table with rules. */
export const definitionUses: Readonly<Record<string, Use>> = {
  logChange: {
    what: 'a rule of three clauses',
    run: async (db) => {
      await fill(db);
      return definitions.logChange(db, 'RULES', next, WRITER);
    },
  },
  settleChange: {
    what: 'a rule of three clauses',
    run: (db) => definitions.settleChange(db, 'RULES', next),
  },
  readLastChange: {
    what: 'a rule of three clauses, eventual',
    run: (db) => definitions.readLastChange(db, 'RULES', false),
  },
  readDefinitions: { what: `${RULES + 1} rules`, run: (db) => definitions.readDefinitions(db, 'RULES') },
  readDefinition: {
    what: 'a rule of three clauses',
    run: (db) => definitions.readDefinition(db, 'RULES', next.id),
  },
  readChanges: { what: '20 changes', run: (db) => definitions.readChanges(db, 'RULES', firstNumbers(20)) },
};
