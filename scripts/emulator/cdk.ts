import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../bundle-functions.ts';
import { iamCall } from './aws-call.ts';
import { runCommand } from './run-command.ts';
import { credentials, REGION } from './sign-request.ts';

const ACCOUNT = '000000000000';

/** Outputs of the root stack by name. */
export type Outputs = Readonly<Record<string, string>>;

/** The CDK CLI as a developer runs it, with the emulator as its AWS. */
export type CdkCli = {
  readonly bootstrap: () => Promise<void>;
  readonly deploy: () => Promise<Outputs>;
  readonly destroy: () => Promise<void>;
};

/**
 * The bootstrap's own roles are limited by the condition key aws:ResourceAccount, which the emulator does not know and
 * therefore refuses. The CDK CLI's roles are not what is tested here: they are allowed everything.
 */
const allowCdkRoles = async (url: string): Promise<void> => {
  for (const role of ['deploy', 'file-publishing', 'lookup', 'cfn-exec']) {
    await iamCall(url, 'AttachRolePolicy', {
      RoleName: `cdk-hnb659fds-${role}-role-${ACCOUNT}-${REGION}`,
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
  }
};

const environment = (url: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  AWS_ENDPOINT_URL: url,
  // Assets go through S3, whose buckets would otherwise become host names.
  AWS_ENDPOINT_URL_S3: url,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  CDK_DISABLE_VERSION_CHECK: '1',
  CI: '1',
});

/** `context`: further choices, as `-c name=value` gives them. */
export const cdkCli = (url: string, context: Readonly<Record<string, string>> = {}): CdkCli => {
  const command = join(root, 'node_modules', '.bin', 'cdk');
  const env = environment(url);
  const cache = join(root, '.cache', 'cdk');
  mkdirSync(cache, { recursive: true });
  const outputsFile = join(mkdtempSync(join(cache, 'outputs-')), 'outputs.json');
  const output = join(cache, 'cdk.out');
  return {
    bootstrap: async () => {
      // Outside the project: bootstrapping needs no synthesis.
      await runCommand({ command, args: ['bootstrap', `aws://${ACCOUNT}/${REGION}`], cwd: tmpdir(), env });
      await allowCdkRoles(url);
    },
    deploy: async () => {
      const args = [
        'deploy',
        '--require-approval',
        'never',
        '--outputs-file',
        outputsFile,
        '--output',
        output,
        // Its Distributed Map takes no notice of an ItemReader and reports success; its Glue knows no encryption settings.
        ...Object.entries({ emulator: 'true', ...context }).flatMap(([name, value]) => [
          '--context',
          `${name}=${value}`,
        ]),
      ];
      await runCommand({ command, args, cwd: root, env, show: (line) => /bundled|FAILED|✅/.test(line) });
      const stacks = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, Outputs>;
      return Object.assign({}, ...Object.values(stacks)) as Outputs;
    },
    destroy: async () => {
      // What was deployed is taken away, without synthesizing it again.
      await runCommand({ command, args: ['destroy', '--force', '--app', output], cwd: root, env });
    },
  };
};
