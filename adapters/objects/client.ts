import { S3Client } from '@aws-sdk/client-s3';

/** S3 client of one process. Region, credentials and endpoint come from the environment, as the SDK reads it. */
export const s3Client = (): S3Client => new S3Client({ maxAttempts: 4 });
