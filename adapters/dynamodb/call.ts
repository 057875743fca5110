import type { AttributeValue, ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Database } from './database.ts';
import { asDomainError } from './faults.ts';
import type { Item } from './keys.ts';

/** One use of an access pattern: what its commands are sent with and metered under. */
export type Call = { readonly database: Database; readonly name: string };

export type Attributes = Record<string, AttributeValue>;

/** Callers' JSON may hold any double: it is stored to its 17 digits and read back as the same double. */
const TO = { removeUndefinedValues: true, allowImpreciseNumbers: true };
const FROM = { wrapNumbers: (digits: string): number => Number(digits) };

/** Plain values to attribute values; undefined fields are left out. */
export const toAttributes = (item: Item): Attributes => marshall(item, TO);

/** Attribute values to plain values. */
export const fromAttributes = (attributes: Attributes): Item => unmarshall(attributes, FROM);

/** What every command carries. */
export const onTable = ({ database }: Call) => ({
  TableName: database.tableName,
  ReturnConsumedCapacity: 'TOTAL' as const,
});

/** Reports what one request consumed. */
export const meter = (
  { database, name }: Call,
  capacity: ConsumedCapacity | ConsumedCapacity[] | undefined,
  isWrite: boolean,
): void => {
  const rows = capacity === undefined ? [] : [capacity].flat();
  const units = rows.reduce((sum, row) => sum + (row.CapacityUnits ?? 0), 0);
  database.meter?.(name, units, isWrite);
};

/** Awaits a request; what the client gave up on after its retries becomes a domain error. */
export const answered = async <T>(request: Promise<T>): Promise<T> => {
  try {
    return await request;
  } catch (error) {
    throw asDomainError(error);
  }
};
