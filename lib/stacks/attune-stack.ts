import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import type { Job } from '../../contracts/nights.ts';
import type { Access } from '../config/access.ts';
import type { CodeOf, Platform } from '../config/platform.ts';
import { type Settings, serviceName } from '../config/settings.ts';
import type { QueueWorker } from '../constructs/queue-worker.ts';
import type { WorkerNames } from '../constructs/service-dashboard.ts';
import { ApiStack } from './api-stack.ts';
import { DataStack } from './data-stack.ts';
import { EndpointGroupStack } from './endpoint-group-stack.ts';
import { NightsStack } from './nights-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { WorkersStack } from './workers-stack.ts';

export type AttuneStackProps = {
  readonly settings: Settings;
  readonly endpoints: readonly EndpointShape[];
  readonly grants: Readonly<Record<string, Access>>;
  readonly jobs: readonly Job[];
  readonly codeOf: CodeOf;
};

/** `recommendations` -> `Endpoints-recommendations`; tags may be of several words. */
const groupId = (tag: string): string => `Endpoints-${tag.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;

/** `evaluate-experiments` -> `EvaluateExperiments` */
const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');

/** What CloudWatch calls the parts of a worker. */
const namesOf = ({ queue, deadLetterQueue, worker }: QueueWorker): WorkerNames => ({
  queueName: queue.queueName,
  deadLetterQueueName: deadLetterQueue.queueName,
  workerName: worker.function.functionName,
});

/**
 * The root stack, so that `cdk deploy` needs no names. Endpoints are grouped by their tag: a group stays far below
 * CloudFormation's 500 resources, and a new endpoint never moves another one's routes to a different stack.
 */
export class AttuneStack extends Stack {
  constructor(scope: Construct, id: string, props: AttuneStackProps) {
    const { settings } = props;
    super(scope, id, {
      stackName: settings.stackName,
      description: 'Attune, a personalization engine',
      terminationProtection: settings.retainData,
    });
    const data = new DataStack(this, 'Data', { settings });
    const platform: Platform = { settings, codeOf: props.codeOf, key: data.key, resources: data.resources };
    const workers = new WorkersStack(this, 'Workers', { platform });
    const api = new ApiStack(this, 'Api', { settings, key: data.key });
    this.addEndpoints(props, platform, { api, workers });
    const nights = new NightsStack(this, 'Nights', { platform, jobs: props.jobs });
    new ObservabilityStack(this, 'Observability', {
      stage: settings.stage,
      apiId: api.http.address.apiId,
      tableName: data.resources.tableName,
      topicArn: data.resources.topicArn,
      service: serviceName(settings),
      workers: {
        interactions: namesOf(workers.interactions),
        insights: namesOf(workers.insights),
      },
      jobs: nights.stateMachines,
    });
    this.addOutputs({ platform, workers, api, nights });
  }

  private addEndpoints(
    props: AttuneStackProps,
    platform: Platform,
    parts: { api: ApiStack; workers: WorkersStack },
  ): void {
    for (const [tag, endpoints] of Map.groupBy(props.endpoints, (endpoint) => endpoint.tag)) {
      new EndpointGroupStack(this, groupId(tag), {
        platform,
        endpoints,
        grants: props.grants,
        api: parts.api.http.address,
        queues: parts.workers.queues,
      });
    }
  }

  private addOutputs(parts: {
    platform: Platform;
    workers: WorkersStack;
    api: ApiStack;
    nights: NightsStack;
  }): void {
    const { platform, workers, api, nights } = parts;
    const { interactions, insights } = workers;
    const outputs: Record<string, string> = {
      ApiUrl: `${api.http.api.apiEndpoint}/api`,
      ApiId: api.http.address.apiId,
      TableName: platform.resources.tableName,
      BucketName: platform.resources.bucketName,
      AlarmTopicArn: platform.resources.topicArn,
      EventBusName: platform.resources.eventBusName,
      InteractionsQueueUrl: interactions.queue.queueUrl,
      InteractionsDeadLetterQueueUrl: interactions.deadLetterQueue.queueUrl,
      InsightsQueueUrl: insights.queue.queueUrl,
      InsightsDeadLetterQueueUrl: insights.deadLetterQueue.queueUrl,
      ...(api.users === undefined
        ? {}
        : {
            UserPoolId: api.users.pool.userPoolId,
            PeopleClientId: api.users.people.userPoolClientId,
            MachinesClientId: api.users.machines.userPoolClientId,
          }),
    };
    for (const [job, arn] of nights.stateMachines) outputs[`Job${pascalCase(job)}Arn`] = arn;
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
