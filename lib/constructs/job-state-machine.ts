import { Aws, Stack } from 'aws-cdk-lib';
import { Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { functionsOf, type Job, type StepName } from '../../contracts/nights.ts';
import { useKey } from '../config/access.ts';
import { acknowledgeWildcard } from '../config/acknowledge.ts';
import type { Platform } from '../config/platform.ts';
import { jobDefinition } from './job-definition.ts';
import type { SparkJob } from './spark-job.ts';

export type JobStateMachineProps = {
  readonly platform: Platform;
  readonly job: Job;
  readonly functionArnOf: (step: StepName) => string;
  /** What a Spark step of the job starts. */
  readonly sparkJob?: SparkJob;
};

const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
const tracing = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];

/** A job of `contracts/nights.ts` as a state machine that may call its own steps and announce its own failure. */
export class JobStateMachine extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: JobStateMachineProps) {
    super(scope, id);
    const { platform, job, functionArnOf, sparkJob } = props;
    const { topicArn, bucketName } = platform.resources;
    const inlineShards = platform.settings.emulator;
    const logs = new LogGroup(this, 'Logs', {
      retention: platform.settings.logRetention,
      encryptionKey: platform.key,
      removalPolicy: platform.settings.removalPolicy,
    });
    const role = this.makeRole(props);
    const targets = { functionArnOf, topicArn, bucketName, sparkJobName: sparkJob?.name, inlineShards };
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineType: 'STANDARD',
      definitionString: Stack.of(this).toJsonString(jobDefinition(job, targets)),
      roleArn: role.roleArn,
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: 'ALL',
        // Inputs and outputs are run names and shard numbers: no user data to keep out of the log.
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
    });
    this.arn = machine.attrArn;
    this.name = machine.attrName;
    if (job.steps.some(({ kind }) => kind === 'map')) this.allowMaps(role, props);
  }

  /** A Distributed Map starts its machine again for every shard, and reads the shards from the run's manifest. */
  private allowMaps(role: Role, { platform }: JobStateMachineProps): void {
    const { bucketArn, keyArn } = platform.resources;
    const manifests = `${bucketArn}/exports/*`;
    const executions = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${this.name}:*`;
    // A policy of its own: it names the machine, which needs the role first.
    const policy = new Policy(this, 'Maps', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.arn] }),
        new PolicyStatement({
          actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
          resources: [executions],
        }),
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [manifests] }),
        useKey(keyArn, ['s3']),
      ],
    });
    acknowledgeWildcard(policy, executions, 'Runs are named when they are started.');
    acknowledgeWildcard(policy, manifests, 'Manifests are named by run below a fixed prefix.');
  }

  private makeRole({ platform, job, functionArnOf, sparkJob }: JobStateMachineProps): Role {
    const { topicArn, keyArn } = platform.resources;
    const spark = sparkJob && [
      new PolicyStatement({ actions: ['glue:StartJobRun', 'glue:GetJobRun'], resources: [sparkJob.arn] }),
    ];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Run: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:InvokeFunction'],
              resources: functionsOf(job).map(({ name }) => functionArnOf(name)),
            }),
            new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] }),
            useKey(keyArn, ['sns']),
            new PolicyStatement({ actions: [...logDelivery, ...tracing], resources: ['*'] }),
            ...(spark ?? []),
          ],
        }),
      },
    });
    acknowledgeWildcard(
      role,
      '*',
      'Log delivery and X-Ray have no resources: Step Functions asks for these actions on *.',
    );
    return role;
  }
}
