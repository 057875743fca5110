import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Job, Step } from '../../contracts/nights.ts';
import { useKey } from '../config/access.ts';
import { acknowledge } from '../config/acknowledge.ts';
import type { Platform } from '../config/platform.ts';
import { jobDefinition } from './job-definition.ts';

export type JobStateMachineProps = {
  readonly platform: Platform;
  readonly job: Job;
  readonly functionArnOf: (step: Step['name']) => string;
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
    const { platform, job, functionArnOf } = props;
    const { topicArn } = platform.resources;
    const logs = new LogGroup(this, 'Logs', {
      retention: platform.settings.logRetention,
      encryptionKey: platform.key,
      removalPolicy: platform.settings.removalPolicy,
    });
    const machine = new CfnStateMachine(this, 'Machine', {
      stateMachineType: 'STANDARD',
      definitionString: Stack.of(this).toJsonString(jobDefinition(job, { functionArnOf, topicArn })),
      roleArn: this.makeRole(props).roleArn,
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
  }

  private makeRole({ platform, job, functionArnOf }: JobStateMachineProps): Role {
    const { topicArn, keyArn } = platform.resources;
    const steps = [...new Set(job.steps.map((step) => step.name))];
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      inlinePolicies: {
        Run: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: steps.map(functionArnOf) }),
            new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] }),
            useKey(keyArn, ['sns']),
            new PolicyStatement({ actions: [...logDelivery, ...tracing], resources: ['*'] }),
          ],
        }),
      },
    });
    acknowledge(
      role,
      ['AwsSolutions-IAM5[Resource::*]'],
      'Log delivery and X-Ray have no resources: Step Functions asks for these actions on *.',
    );
    return role;
  }
}
