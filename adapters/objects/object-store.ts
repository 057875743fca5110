import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  gzipJsonLines,
  gzipLineWriter,
  type LineWriter,
  parseGzipJsonLines,
  type Rows,
  readGzipLines,
} from './json-lines.ts';

type Bucket = { readonly client: S3Client; readonly bucket: string };

/** What is too large for the table: exports, training shards, models. Everything is stored compressed with gzip. */
export type ObjectStore = {
  /** Writes one JSON document a line; answers how many rows and compressed bytes were stored. */
  putGzipJsonLines(key: string, rows: Rows): Promise<{ rows: number; bytes: number }>;
  /** The same for rows that come one by one, several objects at a time; the object is there once it is closed. */
  openGzipJsonLines(key: string): LineWriter;
  /** Reads lines of text in batches. Throws where the object is missing, cut off or no gzip. */
  readLines(key: string): AsyncGenerator<string[]>;
  /** Reads what `putGzipJsonLines` wrote, row by row. Throws `NoSuchKey` when the object does not exist. */
  readJsonLines(key: string): AsyncGenerator<unknown>;
  putJson(key: string, value: unknown): Promise<{ bytes: number }>;
  /** A document for readers that do not unpack: the manifest of a Distributed Map. */
  putPlainJson(key: string, value: unknown): Promise<void>;
  /** The document, or undefined when the object does not exist. */
  getJson(key: string): Promise<unknown>;
  /** Every key below the prefix, in order. */
  list(prefix: string): Promise<string[]>;
};

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const put = async ({ client, bucket }: Bucket, key: string, body: Buffer): Promise<{ bytes: number }> => {
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/gzip' }),
  );
  return { bytes: body.length };
};

const bodyOf = async ({ client, bucket }: Bucket, key: string): Promise<Readable> => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body as Readable;
};

const openLines = (bucket: Bucket, key: string): LineWriter => {
  const writer = gzipLineWriter();
  return {
    write: writer.write,
    close: async () => {
      const { body, rows } = await writer.close();
      const { bytes } = await put(bucket, key, body);
      return { rows, bytes };
    },
  };
};

const readJson = async (bucket: Bucket, key: string): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of await bodyOf(bucket, key)) parts.push(part as Buffer);
  return JSON.parse((await decompress(Buffer.concat(parts))).toString());
};

async function* readDocuments(bucket: Bucket, key: string): AsyncGenerator<unknown> {
  yield* parseGzipJsonLines(await bodyOf(bucket, key));
}

async function* readLines(bucket: Bucket, key: string): AsyncGenerator<string[]> {
  yield* readGzipLines(await bodyOf(bucket, key));
}

const listKeys = async ({ client, bucket }: Bucket, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
  }
  return keys;
};

/** The objects of one bucket. */
export const objectStore = (bucket: Bucket): ObjectStore => ({
  putGzipJsonLines: async (key, rows) => {
    const lines = await gzipJsonLines(rows);
    const { bytes } = await put(bucket, key, lines.body);
    return { rows: lines.rows, bytes };
  },
  openGzipJsonLines: (key) => openLines(bucket, key),
  readLines: (key) => readLines(bucket, key),
  readJsonLines: (key) => readDocuments(bucket, key),
  putJson: async (key, value) => put(bucket, key, await compress(JSON.stringify(value))),
  putPlainJson: async (key, value) => {
    const Body = JSON.stringify(value);
    await bucket.client.send(
      new PutObjectCommand({ Bucket: bucket.bucket, Key: key, Body, ContentType: 'application/json' }),
    );
  },
  getJson: async (key) => {
    try {
      return await readJson(bucket, key);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },
  list: (prefix) => listKeys(bucket, prefix),
});
