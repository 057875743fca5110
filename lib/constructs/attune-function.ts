import type { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  type Access,
  type AccessParts,
  accessEnvironment,
  accessStatements,
  bucketPrefixes,
  useKey,
} from '../config/access.ts';
import { acknowledge, acknowledgeWildcard } from '../config/acknowledge.ts';
import { routedModels } from '../config/bedrock.ts';
import type { Platform, Queues } from '../config/platform.ts';
import { serviceName } from '../config/settings.ts';

export type AttuneFunctionProps = {
  readonly platform: Platform;
  /** Folder of the bundle: `api/health`, `workers/interactions`, `jobs/train`. */
  readonly entry: string;
  readonly description: string;
  readonly access: Access;
  /** The queues that `access` names. */
  readonly queues?: Partial<Queues>;
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

  private parts({ platform, queues = {} }: AttuneFunctionProps): AccessParts {
    return { resources: platform.resources, queues, insights: platform.settings.insights };
  }

  private environment(props: AttuneFunctionProps): Record<string, string> {
    const { platform, access, environment } = props;
    return {
      ...accessEnvironment(access, this.parts(props)),
      ...environment,
      ...platform.settings.switches,
      ATTUNE_STAGE: platform.settings.stage,
      ATTUNE_DOMAIN: platform.settings.insights.domain,
      POWERTOOLS_SERVICE_NAME: serviceName(platform.settings),
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
            ...accessStatements(access, this.parts(props)),
            ...(props.extraStatements ?? []),
            ...failures,
          ],
        }),
      },
    });
    acknowledgeWildcard(role, '*', 'X-Ray has no resources: its two write actions can be granted on * only.');
    const routed = access.bedrock ? routedModels(props.platform.settings.insights.model) : undefined;
    if (routed !== undefined)
      acknowledgeWildcard(
        role,
        routed,
        'An inference profile calls its model in any of its regions; the condition lets in calls of this profile alone.',
      );
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
