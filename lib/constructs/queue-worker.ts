import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Access, useKey } from '../config/access.ts';
import { acknowledge } from '../config/acknowledge.ts';
import type { Platform, QueueAddress } from '../config/platform.ts';
import { AnnouncedAlarm } from './announced-alarm.ts';
import { AttuneFunction } from './attune-function.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export type QueueWorkerProps = {
  readonly platform: Platform;
  readonly entry: string;
  readonly description: string;
  readonly access: Access;
  readonly timeout: Duration;
  readonly memoryMb: number;
  /** Messages that one call of the function gets, and calls at a time. */
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** For how long a message may wait before operators are told. */
  readonly lateAfter: Duration;
  /** What is lost while messages lie in the dead-letter queue, and while they wait too long. */
  readonly impact: { readonly failed: string; readonly late: string };
  /** Anchors of the runbook articles are `<article>-failed` and `<article>-late`. */
  readonly article: string;
};

/** Deliveries before a message is set aside. Partial batch answers make this a count per message, not per batch. */
export const MAX_RECEIVES = 5;

/** A queue, the function that works it off, its dead-letter queue and both alarms: never one without the others. */
export class QueueWorker extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly worker: AttuneFunction;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { key, resources } = props.platform;
    const { topicArn } = resources;
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters', {
      key,
      topicArn,
      impact: props.impact.failed,
      article: `${props.article}-failed`,
    });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Six times the function's timeout, as Lambda asks: a slow batch must not be delivered twice meanwhile.
      visibilityTimeout: Duration.seconds(6 * props.timeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
    });
    this.worker = this.makeWorker(props);
    this.connect(props);
    new AnnouncedAlarm(this, 'Late', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: props.lateAfter.toSeconds(),
      evaluationPeriods: 3,
      impact: props.impact.late,
      article: `${props.article}-late`,
      topicArn,
    });
  }

  get address(): QueueAddress {
    return { arn: this.queue.queueArn, url: this.queue.queueUrl };
  }

  private makeWorker(props: QueueWorkerProps): AttuneFunction {
    const consume = new PolicyStatement({
      sid: 'Consume',
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      resources: [this.queue.queueArn],
    });
    return new AttuneFunction(this, 'Worker', {
      platform: props.platform,
      entry: props.entry,
      description: props.description,
      access: props.access,
      extraStatements: [consume, useKey(props.platform.resources.keyArn, ['sqs'], 'UseKeyOfQueue')],
      memoryMb: props.memoryMb,
      timeout: props.timeout,
      asyncFailures:
        'Called by its queue only; failed messages go to the dead-letter queue by the redrive policy.',
    });
  }

  private connect({ batchSize, maxConcurrency }: QueueWorkerProps): void {
    const mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.worker.function,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    acknowledge(
      mapping,
      ['Serverless-LambdaEventSourceMappingDestination'],
      'Mappings of SQS queues have no failure destination; the redrive policy of the queue is the destination.',
    );
  }
}
