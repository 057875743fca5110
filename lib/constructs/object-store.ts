import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../config/acknowledge.ts';
import type { Settings } from '../config/settings.ts';

/** Exports are training input of one night; models stay for comparison and rollback. */
const EXPORT_DAYS = 30;
const MODEL_DAYS = 180;

/** Models and training exports. Private, encrypted, TLS only; old objects expire by themselves. */
export class ObjectStore extends Bucket {
  constructor(scope: Construct, id: string, props: { readonly settings: Settings; readonly key: IKey }) {
    super(scope, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: props.settings.removalPolicy,
      lifecycleRules: [
        { prefix: 'exports/', expiration: Duration.days(EXPORT_DAYS) },
        { prefix: 'models/', expiration: Duration.days(MODEL_DAYS) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    acknowledge(
      this,
      ['AwsSolutions-S1'],
      'Only functions of this stack reach the bucket; their access is in their own logs and, where a team wants it, in CloudTrail data events.',
    );
  }
}
