import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
    // The rule against plain HTTP takes the place of SNS's own policy, which let alarms of the account in.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (props.email === undefined) return;
    this.addSubscription(new EmailSubscription(props.email));
    acknowledge(
      this,
      ['Serverless-SNSRedrivePolicy'],
      'A mailbox has nothing to redrive from: the alarm itself keeps its state and its history.',
    );
  }
}
