import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { workerEntry } from '../config/entries.ts';
import { PlatformStack, type PlatformStackProps, type Queues } from '../config/platform.ts';
import { QueueWorker, type QueueWorkerProps } from '../constructs/queue-worker.ts';

type WorkerOf = Omit<QueueWorkerProps, 'platform'>;

const interactions: WorkerOf = {
  entry: workerEntry('interactions'),
  description: 'Folds queued interactions into profiles',
  access: { table: 'write', events: 'publish' },
  memoryMb: 1024,
  timeout: Duration.seconds(60),
  batchSize: 10,
  // Enough for 1 M interactions a day many times over, few enough to leave the account's functions alone.
  maxConcurrency: 20,
  lateAfter: Duration.minutes(5),
  impact: {
    failed:
      'Interactions were accepted but could not be stored: profiles and recommendations miss them until they are redriven.',
    late: 'Bulk interactions wait longer than five minutes: profiles and recommendations lag behind what users do.',
  },
  article: 'interactions',
};

const insights: WorkerOf = {
  entry: workerEntry('insights'),
  description: 'Lets a model write the texts that were asked for, and checks them',
  access: { table: 'write', bedrock: true },
  // The catalogue is held in memory, as in the functions that serve.
  memoryMb: 1024,
  timeout: Duration.seconds(90),
  // Both wait for the model side by side. What may run at a time bounds how fast money is spent.
  batchSize: 2,
  maxConcurrency: 5,
  lateAfter: Duration.minutes(15),
  impact: {
    failed:
      'Texts that were asked for could not be written: the users get the texts of rules until they are redriven.',
    late: 'Texts wait longer than a quarter of an hour to be written: meanwhile users get the texts of rules.',
  },
  article: 'insights',
};

/** Queues and the functions that work them off. */
export class WorkersStack extends PlatformStack {
  readonly interactions: QueueWorker;
  readonly insights: QueueWorker;
  readonly queues: Queues;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { platform } = this;
    this.interactions = new QueueWorker(this, 'Interactions', { platform, ...interactions });
    this.insights = new QueueWorker(this, 'Insights', { platform, ...insights });
    this.queues = { interactions: this.interactions.address, insights: this.insights.address };
  }
}
