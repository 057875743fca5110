import { Stack, Validations } from 'aws-cdk-lib';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

/** Accepts cdk-nag findings on one construct, each for the same stated reason. */
export const acknowledge = (construct: IConstruct, ids: readonly string[], reason: string): void => {
  Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
};

/**
 * Accepts a wildcard in a role's policy. cdk-nag 3 has one finding per resource pattern, named after the flattened
 * CloudFormation reference, and the Serverless pack has one per role.
 */
export const acknowledgeWildcard = (role: IConstruct, resource: string, reason: string): void => {
  const flat = flattenCfnReference(Stack.of(role).resolve(resource));
  acknowledge(role, [`AwsSolutions-IAM5[Resource::${flat}]`, 'Serverless-LambdaStarPermissions'], reason);
};
