import { Aws } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export type ProductEventsProps = { readonly stage: string; readonly key: IKey };

/**
 * Where changes of experiments and unlocked achievements are told (`source` is `attune`): teams put rules on it. A bus is the one resource that
 * CloudFormation does not name by itself.
 */
export class ProductEvents extends EventBus {
  constructor(scope: Construct, id: string, { stage, key }: ProductEventsProps) {
    super(scope, id, {
      eventBusName: `Attune-${stage}`,
      description: 'Attune: what became of experiments, and what users earned',
      kmsKey: key,
    });
    // CDK allows it in the encryption context of the bus only; a look at the key has none.
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LookOfEventBridge',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['kms:DescribeKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
}
