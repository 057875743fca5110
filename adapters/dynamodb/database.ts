import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Receives what each call consumed: the access pattern's name, capacity units, and whether they are write units. */
export type Meter = (operation: string, units: number, isWrite: boolean) => void;

/** What every store is made from. */
export type Database = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly meter?: Meter;
  /** For hiding items that have expired but are not yet deleted. Default: the system's clock. */
  readonly clock?: () => number;
};
