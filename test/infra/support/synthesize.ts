import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
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

export type Template = {
  readonly file: string;
  readonly resources: Readonly<Record<string, Resource>>;
  /** Names of its outputs. */
  readonly outputs: readonly string[];
};

/** One synthesis as plain data. */
export type Synthesized = {
  readonly templates: readonly Template[];
  /** Findings of both cdk-nag packs that nobody acknowledged, as `rule at path`. */
  readonly findings: readonly string[];
};

export type SynthesisInput = {
  readonly endpoints: readonly EndpointShape[];
  readonly grants: Readonly<Record<string, Access>>;
  readonly context?: Readonly<Record<string, string>>;
  /** Changes the finished tree, to prove that a fault would be found. */
  readonly spoil?: (stack: AttuneStack) => void;
};

/** Handlers are not the matter of these tests: one empty folder stands for every bundle. */
const emptyBundle = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bundle-'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => ({});\n');
  return folder;
};

const read = (folder: string, file: string): Template => {
  const parsed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    Resources: Record<string, Resource>;
    Outputs?: Record<string, unknown>;
  };
  return { file, resources: parsed.Resources, outputs: Object.keys(parsed.Outputs ?? {}) };
};

const findingsOf = (app: App): string[] =>
  [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map((resource) => `${ruleName} at ${resource.constructPath}`),
      ),
  );

/** The whole app as CloudFormation templates, and what cdk-nag has to say about it. */
export const synthesize = ({ endpoints, grants, context = {}, spoil }: SynthesisInput): Synthesized => {
  const outdir = mkdtempSync(join(tmpdir(), 'attune-cdk-'));
  const app = new App({ outdir, context });
  const bundle = emptyBundle();
  const stack = new AttuneStack(app, 'Attune', {
    settings: readSettings(app.node),
    endpoints,
    grants,
    jobs,
    codeOf: () => Code.fromAsset(bundle),
  });
  spoil?.(stack);
  app.synth();
  const files = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  const templates = files.map((file) => read(outdir, file));
  const findings = findingsOf(app);
  rmSync(outdir, { recursive: true });
  rmSync(bundle, { recursive: true });
  return { templates, findings };
};
