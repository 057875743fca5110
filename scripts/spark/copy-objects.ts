import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

export type BucketFolder = { readonly client: S3Client; readonly bucket: string; readonly prefix: string };

/** Copies every object below a prefix (at most a thousand) into a folder, as it is. */
export const download = async ({ client, bucket, prefix }: BucketFolder, folder: string): Promise<void> => {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  for (const { Key = '' } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const file = join(folder, Key.slice(prefix.length));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, (await Body?.transformToByteArray()) ?? new Uint8Array());
  }
};

/** Copies the files of a folder below a prefix. */
export const upload = async (folder: string, { client, bucket, prefix }: BucketFolder): Promise<void> => {
  for (const file of await readdir(folder, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const Body = await readFile(join(folder, file.name));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}${file.name}`, Body }));
  }
};
