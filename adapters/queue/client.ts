import { SQSClient } from '@aws-sdk/client-sqs';

/**
 * SQS client of one process. Region, credentials and endpoint come from the environment, as the SDK reads it; a queue's
 * URL names the queue only, so that an endpoint set in the environment is not overruled by the URL's host.
 */
export const sqsClient = (): SQSClient => new SQSClient({ maxAttempts: 4, useQueueUrlAsEndpoint: false });
