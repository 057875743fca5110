import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../config/acknowledge.ts';
import { AnnouncedAlarm } from './announced-alarm.ts';

export type DeadLetterQueueProps = {
  readonly key: IKey;
  readonly topicArn: string;
  readonly impact: string;
  readonly article: string;
};

/** Keeps what failed for 14 days and raises an alarm from the first message on. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(
      this,
      ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'],
      'This queue is itself the dead-letter queue.',
    );
    new AnnouncedAlarm(this, 'NotEmpty', {
      metric: this.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      impact: props.impact,
      article: props.article,
      topicArn: props.topicArn,
    });
  }
}
