import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { domainDocument } from '../../../contracts/domains/domain.ts';
import { domainFaults } from '../../../core/domains/domain-faults.ts';
import { fieldNames, fieldsWith, fieldType } from '../../../core/domains/fact-words.ts';
import type { Domain } from '../../../core/domains/types.ts';
import { FACT_FIELDS, type FactKind } from '../../../core/insights/facts/types.ts';

type Case = {
  name: string;
  at: string;
  set?: unknown;
  file: string;
  path: string;
  message: string;
  count?: number;
};

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/domain-faults.json'), 'utf8'),
) as { base: Domain; cases: Case[] };

/** The base with one place changed, or taken away. */
const changed = ({ at, set }: Case): Domain => {
  const domain = structuredClone(vectors.base);
  const keys = at.split('.');
  const last = keys.pop()!;
  const place = keys.reduce(
    (here, key) => (here as unknown as Record<string, object>)[key]!,
    domain as object,
  );
  if (set === undefined) delete (place as Record<string, unknown>)[last];
  else (place as Record<string, unknown>)[last] = set;
  return domain;
};

describe('a domain', () => {
  it('without faults has none, an action out of its time included', () => {
    expect(domainDocument.safeParse(vectors.base).error).toBeUndefined();
    expect(domainFaults(vectors.base)).toEqual([]);
  });

  it.each(vectors.cases)('is refused for $name', (wrong) => {
    const domain = changed(wrong);
    expect(domainDocument.safeParse(domain).error).toBeUndefined();
    const faults = domainFaults(domain);
    expect(faults).toContainEqual({
      file: wrong.file,
      path: wrong.path,
      message: expect.stringContaining(wrong.message),
    });
    if (wrong.count !== undefined) expect(faults).toHaveLength(wrong.count);
  });

  it('has all its faults told at once', () => {
    const both = changed(vectors.cases[0]!);
    expect(
      domainFaults({ ...both, achievements: [{ ...both.achievements[0]!, metric: 'lift' }] }),
    ).toHaveLength(2);
  });
});

describe('fields of facts', () => {
  const kinds = Object.keys(FACT_FIELDS) as FactKind[];

  it('have a type, each of them', () => {
    for (const kind of kinds)
      for (const field of fieldNames(kind))
        expect([kind, field, fieldType(kind, field)]).not.toContain(undefined);
    expect(fieldType('goal', 'constructor')).toBeUndefined();
  });

  it('bring each other as facts of goals are made', () => {
    expect(fieldsWith('goal', 'pace', ['behind', 'overdue'])).toEqual(
      expect.arrayContaining(['left', 'unit', 'due', 'daysLeft']),
    );
    expect(fieldsWith('goal', 'pace', ['done'])).not.toContain('due');
    expect(fieldsWith('goal', 'pace', ['open', 'behind'])).not.toContain('left');
    expect(fieldsWith('goal', 'daysLeft', [])).not.toContain('left');
  });
});
