import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { table } from '../../adapters/dynamodb/table.ts';
import type { Settings } from '../config/settings.ts';

export type SingleTableProps = { readonly settings: Settings; readonly key: IKey };

const stringKey = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table, built from the declaration that the adapters address. */
export class SingleTable extends Table {
  constructor(scope: Construct, id: string, { settings, key }: SingleTableProps) {
    super(scope, id, {
      partitionKey: stringKey(table.partitionKey),
      sortKey: stringKey(table.sortKey),
      timeToLiveAttribute: table.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.retainData,
      removalPolicy: settings.removalPolicy,
    });
    for (const index of Object.values(table.indexes)) {
      this.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: stringKey(index.partitionKey),
        sortKey: stringKey(index.sortKey),
        projectionType: ProjectionType.ALL,
      });
    }
  }
}
