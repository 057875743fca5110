import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The least that a function with a table can be: one read, no parsing, no logging. */
export const handler = async () => {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env.ATTUNE_TABLE,
      Key: { PK: { S: 'SETTINGS' }, SK: { S: 'CATALOG' } },
    }),
  );
  return { statusCode: 200, body: JSON.stringify(Item ?? null) };
};
