import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { EndpointShape } from '../../../contracts/endpoint.ts';
import { jobs } from '../../../contracts/nights.ts';
import type { Access } from '../../../lib/config/access.ts';
import { readSettings } from '../../../lib/config/settings.ts';
import { AttuneStack } from '../../../lib/stacks/attune-stack.ts';

export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
};

export type Template = { readonly file: string; readonly resources: ReadonlyMap<string, Resource> };

export type Synthesized = {
  readonly templates: readonly Template[];
  /** Every resource of the type, from all templates. */
  readonly all: (type: string) => Resource[];
  readonly findings: readonly string[];
};

export type SynthesisInput = {
  readonly endpoints: readonly EndpointShape[];
  readonly grants: Readonly<Record<string, Access>>;
  readonly context?: Readonly<Record<string, string>>;
};

/** Handlers are not the matter of these tests: one empty folder stands for every bundle. */
const emptyBundle = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bundle-'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => ({});\n');
  return folder;
};

const read = (folder: string, file: string): Template => {
  const parsed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { Resources: Record<string, Resource> };
  return { file, resources: new Map(Object.entries(parsed.Resources)) };
};

/** Findings of both packs that nobody acknowledged, as `rule at path`. */
const findingsOf = (app: App): string[] =>
  [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map((resource) => `${ruleName} at ${resource.constructPath}`),
      ),
  );

/** The whole app as CloudFormation templates, and what cdk-nag has to say about it. */
export const synthesize = ({ endpoints, grants, context = {} }: SynthesisInput): Synthesized => {
  const outdir = mkdtempSync(join(tmpdir(), 'attune-cdk-'));
  const app = new App({ outdir, context });
  const bundle = emptyBundle();
  new AttuneStack(app, 'Attune', {
    settings: readSettings(app.node),
    endpoints,
    grants,
    jobs,
    codeOf: () => Code.fromAsset(bundle),
  });
  const assembly = app.synth();
  const files = assembly.stacks.map((stack) => stack.templateFile);
  const nested = Object.values(
    (JSON.parse(readFileSync(join(outdir, 'Attune.assets.json'), 'utf8')) as { files: Record<string, { source: { path: string } }> })
      .files,
  )
    .map(({ source }) => source.path)
    .filter((path) => path.endsWith('.nested.template.json'));
  const templates = [...files, ...nested].map((file) => read(outdir, file));
  const all = (type: string) =>
    templates.flatMap(({ resources }) => [...resources.values()].filter((resource) => resource.Type === type));
  return { templates, all, findings: findingsOf(app) };
};
