import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { workerEntry } from '../config/entries.ts';
import { PlatformStack, type PlatformStackProps, type QueueAddress } from '../config/platform.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';

/** Queues and the functions that work them off. */
export class WorkersStack extends PlatformStack {
  readonly interactions: QueueWorker;
  readonly interactionsQueue: QueueAddress;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    this.interactions = new QueueWorker(this, 'Interactions', {
      platform: this.platform,
      entry: workerEntry('interactions'),
      description: 'Folds queued interactions into profiles',
      access: { table: 'write' },
      memoryMb: 1024,
      timeout: Duration.seconds(60),
      impact: {
        failed:
          'Interactions were accepted but could not be stored: profiles and recommendations miss them until they are redriven.',
        late: 'Bulk interactions wait longer than five minutes: profiles and recommendations lag behind what users do.',
      },
      article: 'interactions',
    });
    const { queueArn: arn, queueUrl: url } = this.interactions.queue;
    this.interactionsQueue = { arn, url };
  }
}
