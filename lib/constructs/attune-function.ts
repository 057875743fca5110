import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  type Access,
  accessEnvironment,
  accessStatements,
  bucketPrefixes,
  useKey,
} from '../config/access.ts';
import { acknowledge, acknowledgeWildcard } from '../config/acknowledge.ts';
import type { Platform, QueueAddress } from '../config/platform.ts';

export type AttuneFunctionProps = {
  readonly platform: Platform;
  /** Folder of the bundle: `api/health`, `workers/interactions`, `jobs/train`. */
  readonly entry: string;
  readonly description: string;
  readonly access: Access;
  /** The interactions queue, where `access` names it. */
  readonly queue?: QueueAddress;
  /** Permissions that come from how the function is called, not from what it does. */
  readonly extraStatements?: readonly PolicyStatement[];
  /** Settings that concern this function alone. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeout: Duration;
  /** Where an asynchronous call ends that failed three times; or the reason why there are none. */
  readonly asyncFailures: IQueue | string;
};

const trace = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'Trace',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    resources: ['*'],
  });

const writeLogs = (logGroupArn: string): PolicyStatement =>
  new PolicyStatement({
    sid: 'WriteLogs',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroupArn],
  });

const reportFailures = (queueArn: string): PolicyStatement =>
  new PolicyStatement({ sid: 'ReportFailures', actions: ['sqs:SendMessage'], resources: [queueArn] });

/** One Lambda function with a role and a log group of its own, and nothing that it was not given. */
export class AttuneFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: AttuneFunctionProps) {
    super(scope, id);
    const { platform, asyncFailures } = props;
    const logGroup = new LogGroup(this, 'Logs', {
      retention: platform.settings.logRetention,
      encryptionKey: platform.key,
      removalPolicy: platform.settings.removalPolicy,
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: platform.codeOf(props.entry),
      handler: 'index.handler',
      memorySize: props.memoryMb,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      // Every statement is written out below: CDK must not widen the role behind our back.
      role: this.makeRole(props, logGroup).withoutPolicyUpdates(),
      logGroup,
      deadLetterQueue: typeof asyncFailures === 'string' ? undefined : asyncFailures,
      environment: this.environment(props),
    });
    if (typeof asyncFailures === 'string')
      acknowledge(this.function, ['Serverless-LambdaDLQ'], asyncFailures);
  }

  private environment({ platform, access, queue, environment }: AttuneFunctionProps): Record<string, string> {
    return {
      ...accessEnvironment(access, platform.resources, queue),
      ...environment,
      ...platform.settings.switches,
      ATTUNE_STAGE: platform.settings.stage,
      POWERTOOLS_SERVICE_NAME: 'attune',
      POWERTOOLS_METRICS_NAMESPACE: 'Attune',
      POWERTOOLS_LOG_LEVEL:
        platform.settings.switches.PERSONALIZATION_DEBUG === 'true' ? 'DEBUG' : platform.settings.logLevel,
      NODE_OPTIONS: '--enable-source-maps',
    };
  }

  private makeRole(props: AttuneFunctionProps, logGroup: LogGroup): Role {
    const { access, asyncFailures } = props;
    const { resources } = props.platform;
    const failures =
      typeof asyncFailures === 'string'
        ? []
        : [reportFailures(asyncFailures.queueArn), useKey(resources.keyArn, ['sqs'], 'UseKeyForFailures')];
    const role = new Role(this, 'Role', {
      description: `Attune ${props.entry}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Access: new PolicyDocument({
          statements: [
            writeLogs(logGroup.logGroupArn),
            trace(),
            ...accessStatements(access, resources, props.queue),
            ...(props.extraStatements ?? []),
            ...failures,
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', 'X-Ray has no resources: its two write actions can be granted on * only.');
    if (access.bucket !== undefined) {
      for (const prefix of bucketPrefixes) {
        acknowledgeWildcard(
          role,
          `${resources.bucketArn}/${prefix}/*`,
          'Objects are named by run and shard below a fixed prefix.',
        );
      }
    }
    return role;
  }
}
