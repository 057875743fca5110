import { join } from 'node:path';
import { Aws } from 'aws-cdk-lib';
import { CfnJob, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-glue';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { SparkStep } from '../../contracts/nights.ts';
import { bucketPrefixes, useKey } from '../config/access.ts';
import { acknowledge, acknowledgeWildcard } from '../config/acknowledge.ts';
import type { Platform } from '../config/platform.ts';

export type SparkJobProps = { readonly platform: Platform; readonly step: SparkStep };

const sources = join(import.meta.dirname, '..', '..', 'spark');

/** 4 processors, 16 GB. */
const WORKER = 'G.1X';

/**
 * `spark/train.py` as an AWS Glue job (Spark 3.5, Python 3.11): no worker between two runs, as many as the data ask for within one,
 * no network of its own. Reads exports, writes models.
 */
export class SparkJob extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, { platform, step }: SparkJobProps) {
    super(scope, id);
    const { settings, resources } = platform;
    const script = new Asset(this, 'Script', { path: join(sources, 'train.py') });
    const modules = new Asset(this, 'Modules', {
      path: sources,
      exclude: ['tests', 'tests/**', '**/__pycache__', '*.md'],
    });
    const logPrefix = `/attune/${Aws.STACK_NAME}/spark`;
    const role = this.makeRole(platform, [script, modules], logPrefix);
    const job = new CfnJob(this, 'Job', {
      description: 'Trains the collaborative model where the export has outgrown one Lambda',
      role: role.roleArn,
      glueVersion: '5.0',
      command: { name: 'glueetl', pythonVersion: '3', scriptLocation: script.s3ObjectUrl },
      workerType: WORKER,
      numberOfWorkers: settings.training.sparkWorkers,
      executionProperty: { maxConcurrentRuns: 1 },
      // The state machine retries and reports; a second run behind its back would not be seen.
      maxRetries: 0,
      timeout: step.timeoutMinutes,
      securityConfiguration: settings.emulator ? undefined : this.encryption(platform).ref,
      defaultArguments: {
        '--extra-py-files': modules.s3ObjectUrl,
        '--enable-auto-scaling': 'true',
        '--job-bookmark-option': 'job-bookmark-disable',
        '--custom-logGroup-prefix': logPrefix,
      },
    });
    if (settings.emulator)
      acknowledge(
        job,
        ['AwsSolutions-GL1', 'AwsSolutions-GL3'],
        'Emulators do not know encryption settings.',
      );
    this.name = job.ref;
    this.arn = `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:job/${job.ref}`;
    for (const stream of ['output', 'error'])
      new LogGroup(this, `Logs-${stream}`, {
        logGroupName: `${logPrefix}/${stream}`,
        retention: settings.logRetention,
        encryptionKey: platform.key,
        removalPolicy: settings.removalPolicy,
      });
    acknowledgeWildcard(role, this.checkpoints(resources.bucketArn), 'Spark names its checkpoints.');
    acknowledgeWildcard(role, this.logArn(logPrefix), 'Glue names its log groups below a fixed prefix.');
    for (const prefix of bucketPrefixes)
      acknowledgeWildcard(
        role,
        `${resources.bucketArn}/${prefix}/*`,
        'Objects are named by run and shard below a fixed prefix.',
      );
  }

  /** What an iteration of the training leaves for the next, in the run's own folder. */
  private checkpoints(bucketArn: string): string {
    return `${bucketArn}/models/*/checkpoints*`;
  }

  private logArn(logPrefix: string): string {
    return `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${logPrefix}*`;
  }

  private encryption({ resources: { keyArn } }: Platform): CfnSecurityConfiguration {
    return new CfnSecurityConfiguration(this, 'Encryption', {
      // The only name here: CloudFormation does not make one up for this type.
      name: `${Aws.STACK_NAME}-spark`,
      encryptionConfiguration: {
        s3Encryptions: [{ s3EncryptionMode: 'SSE-KMS', kmsKeyArn: keyArn }],
        cloudWatchEncryption: { cloudWatchEncryptionMode: 'SSE-KMS', kmsKeyArn: keyArn },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: 'CSE-KMS', kmsKeyArn: keyArn },
      },
    });
  }

  private makeRole({ resources }: Platform, assets: readonly Asset[], logPrefix: string): Role {
    const { bucketArn, keyArn } = resources;
    const allow = (sid: string, actions: string[], on: string[]) =>
      new PolicyStatement({ sid, actions, resources: on });
    return new Role(this, 'Role', {
      description: 'Attune training on Spark',
      assumedBy: new ServicePrincipal('glue.amazonaws.com'),
      inlinePolicies: {
        Train: new PolicyDocument({
          statements: [
            allow(
              'ReadProgram',
              ['s3:GetObject'],
              assets.map(({ bucket, s3ObjectKey }) => bucket.arnForObjects(s3ObjectKey)),
            ),
            allow('ReadExports', ['s3:GetObject'], [`${bucketArn}/exports/*`]),
            allow('WriteModels', ['s3:PutObject', 's3:AbortMultipartUpload'], [`${bucketArn}/models/*`]),
            allow('UseCheckpoints', ['s3:GetObject', 's3:DeleteObject'], [this.checkpoints(bucketArn)]),
            allow('ListObjects', ['s3:ListBucket'], [bucketArn]),
            allow(
              'WriteLogs',
              ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:AssociateKmsKey'],
              [this.logArn(logPrefix)],
            ),
            useKey(keyArn, ['s3', 'logs']),
          ],
        }),
      },
    });
  }
}
