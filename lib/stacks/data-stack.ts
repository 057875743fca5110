import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SharedResources } from '../config/platform.ts';
import type { Settings } from '../config/settings.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { ProductEvents } from '../constructs/event-bus.ts';
import { ObjectStore } from '../constructs/object-store.ts';
import { SingleTable } from '../constructs/single-table.ts';

/** What outlives every deployment: key, table, bucket, the topic that operators subscribe to, the bus that teams listen to. */
export class DataStack extends NestedStack {
  readonly key: EncryptionKey;
  readonly resources: SharedResources;

  constructor(scope: Construct, id: string, { settings }: { readonly settings: Settings }) {
    super(scope, id);
    this.key = new EncryptionKey(this, 'Key', { removalPolicy: settings.removalPolicy });
    const table = new SingleTable(this, 'Table', { settings, key: this.key });
    const bucket = new ObjectStore(this, 'Objects', { settings, key: this.key });
    const topic = new AlarmTopic(this, 'Alarms', { key: this.key, email: settings.alarmEmail });
    const bus = new ProductEvents(this, 'Events', { stage: settings.stage, key: this.key });
    this.resources = {
      tableName: table.tableName,
      tableArn: table.tableArn,
      keyArn: this.key.keyArn,
      bucketName: bucket.bucketName,
      bucketArn: bucket.bucketArn,
      topicArn: topic.topicArn,
      eventBusName: bus.eventBusName,
      eventBusArn: bus.eventBusArn,
    };
  }
}
