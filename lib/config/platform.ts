import { CfnParameter, NestedStack, type NestedStackProps } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** The shared parts that functions are given, as names and ARNs (CDK tokens). */
export type SharedResources = {
  readonly tableName: string;
  readonly tableArn: string;
  readonly keyArn: string;
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly topicArn: string;
  readonly eventBusName: string;
  readonly eventBusArn: string;
};

export type QueueAddress = { readonly arn: string; readonly url: string };

/** Queues by what they carry. */
export type Queues = { readonly interactions: QueueAddress; readonly insights: QueueAddress };

/** Finds the bundle of an entry point: `api/health`, `workers/interactions`, `jobs/train`. */
export type CodeOf = (entry: string) => Code;

/** What every construct that makes a function needs to know about the house. */
export type Platform = {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly key: IKey;
  readonly resources: SharedResources;
};

export type PlatformStackProps = NestedStackProps & { readonly platform: Platform };

/**
 * A nested stack that receives the bucket's ARN under a name of its own. CDK invents the names of references between
 * stacks only after every construct exists; a stated one lets cdk-nag's finding on `bucket/prefix/*` be named and acknowledged.
 */
export class PlatformStack extends NestedStack {
  readonly platform: Platform;

  constructor(scope: Construct, id: string, { platform, ...props }: PlatformStackProps) {
    super(scope, id, { ...props, parameters: { BucketArn: platform.resources.bucketArn } });
    const bucketArn = new CfnParameter(this, 'BucketArn').valueAsString;
    this.platform = { ...platform, resources: { ...platform.resources, bucketArn } };
  }
}
