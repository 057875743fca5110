import type { LocalBedrock } from '../bedrock/local-bedrock.ts';
import type { LocalEventBus } from '../events/event-bus.ts';
import type { Settings } from '../settings.ts';
import type { Stores } from '../stores/stores.ts';

/**
 * What the Lambdas find in their environment: the names that CDK gives them on AWS, and the SDK's own variables, which
 * point it at the embedded stores. An address made of an IP makes the S3 client use path-style requests by itself.
 */
export const lambdaEnvironment = (
  stores: Stores,
  settings: Settings,
  {
    jobMemoryMb,
    events,
    bedrock,
  }: {
    readonly jobMemoryMb: number;
    readonly events: Pick<LocalEventBus, 'url'>;
    readonly bedrock: Pick<LocalBedrock, 'environment'>;
  },
): Record<string, string> => ({
  ATTUNE_TABLE: stores.names.table,
  ATTUNE_INTERACTIONS_QUEUE_URL: stores.queues.interactions.url,
  ATTUNE_INSIGHTS_QUEUE_URL: stores.queues.insights.url,
  ATTUNE_BUCKET: stores.names.bucket,
  ATTUNE_EVENT_BUS: 'attune',
  ATTUNE_STAGE: 'local',
  ATTUNE_TRAINING_MEMORY_MB: String(jobMemoryMb),
  ATTUNE_TRAINING_ENGINE: settings.trainingEngine,
  ATTUNE_CALLER_RATE: String(settings.callerRate),
  ATTUNE_CALLER_BURST: String(settings.callerBurst),
  ...(settings.domain === undefined ? {} : { ATTUNE_DOMAIN: settings.domain }),
  ...bedrock.environment,
  AWS_ENDPOINT_URL_DYNAMODB: stores.dynamodbUrl,
  AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
  AWS_ENDPOINT_URL_SQS: stores.fauxqsUrl,
  AWS_ENDPOINT_URL_S3: stores.fauxqsUrl,
  AWS_REGION: settings.region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  POWERTOOLS_SERVICE_NAME: 'attune',
  POWERTOOLS_METRICS_NAMESPACE: 'Attune',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: settings.logLevel,
});

/** Variables of the caller's that the SDK would take before the keys of the embedded stores, or send along with them. */
export const CALLERS_OWN = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SESSION_TOKEN'] as const;
