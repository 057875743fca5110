import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from '../config/acknowledge.ts';

export type AlarmTopicProps = { readonly key: IKey; readonly email?: string };

/** Where alarms and failed nights are announced; `-c alarmEmail=` subscribes an address. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id, { displayName: 'Attune alarms', masterKey: props.key, enforceSSL: true });
    if (props.email === undefined) return;
    this.addSubscription(new EmailSubscription(props.email));
    acknowledge(
      this,
      ['Serverless-SNSRedrivePolicy'],
      'A mailbox has nothing to redrive from: the alarm itself keeps its state and its history.',
    );
  }
}
