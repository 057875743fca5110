import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource, Synthesized } from './synthesize.ts';

/** Names of what is synthesized, by the file in `sets/` that lists it. */
type Names = {
  general: 'dev' | 'prod' | 'many' | 'spoilt' | 'capped';
  insights: 'model' | 'off' | 'profile' | 'ownProfile' | 'emulated';
};

export type Scenarios<S extends keyof Names = 'general'> = {
  readonly scenarios: Readonly<Record<Names[S], Synthesized>>;
  readonly refusals: Readonly<Record<string, string>>;
};

/** CDK is synthesized in a process of its own: inside jest's module loader it takes five times as long. */
export const loadScenarios = <S extends keyof Names>(set: S): Scenarios<S> => {
  const file = join(mkdtempSync(join(tmpdir(), 'attune-scenarios-')), 'scenarios.json');
  const script = join(import.meta.dirname, 'run-scenarios.ts');
  execFileSync(process.execPath, [script, set, file], { stdio: 'pipe' });
  return JSON.parse(readFileSync(file, 'utf8')) as Scenarios<S>;
};

/** A resource with the name of its template, so that a failing test says where. */
export type Found = Resource & { readonly where: string };

/** Every resource of one type, from all templates of a synthesis. */
export const resourcesOf = ({ templates }: Synthesized, type: string): Found[] =>
  templates.flatMap(({ file, resources }) =>
    Object.entries(resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ ...resource, where: `${file} ${id}` })),
  );

export type Statement = {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

type RoleProperties = {
  AssumeRolePolicyDocument: { Statement: { Principal: { Service: string } }[] };
  Policies?: { PolicyDocument: { Statement: Statement[] } }[];
};
type PolicyProperties = { PolicyDocument: { Statement: Statement[] } };

export type Role = {
  readonly where: string;
  readonly service: string;
  readonly statements: readonly Statement[];
};

/** Roles with what they allow, and policies that were attached to them later (of no service of their own). */
export const rolesOf = (synthesized: Synthesized): Role[] => [
  ...resourcesOf(synthesized, 'AWS::IAM::Role').map(({ where, Properties }) => {
    const role = Properties as unknown as RoleProperties;
    return {
      where,
      service: role.AssumeRolePolicyDocument.Statement[0]?.Principal.Service ?? '',
      statements: (role.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    };
  }),
  ...resourcesOf(synthesized, 'AWS::IAM::Policy').map(({ where, Properties }) => ({
    where,
    service: '',
    statements: (Properties as unknown as PolicyProperties).PolicyDocument.Statement,
  })),
];

export const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The one resource that must be. */
export const only = (found: readonly Found[]): Found => {
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`one resource expected, found ${found.length}: ${found.map(({ where }) => where)}`);
  return first;
};

/** The resource of a type whose logical id a value of the same template refers to. */
export const referenced = (
  synthesized: Synthesized,
  { where, type, value }: { where: string; type: string; value: unknown },
): Found => {
  const [file = ''] = where.split(' ');
  const ofFile = resourcesOf(synthesized, type).filter((one) => one.where.startsWith(`${file} `));
  return only(ofFile.filter((one) => JSON.stringify(value).includes(`"${one.where.split(' ')[1]}"`)));
};

/** What a function is told in its environment. */
export const variablesOf = ({ Properties }: Found): Readonly<Record<string, unknown>> =>
  (Properties.Environment as { Variables: Record<string, unknown> }).Variables;
