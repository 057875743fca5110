import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BedrockModel, InsightSettings } from './insight-settings.ts';

const INVOKE = ['bedrock:InvokeModel'];

const modelArn = (id: string, region: string): string =>
  `arn:${Aws.PARTITION}:bedrock:${region}::foundation-model/${id}`;

const profileArn = (profile: string): string =>
  profile.startsWith('arn:')
    ? profile
    : `arn:${Aws.PARTITION}:bedrock:${Aws.REGION}:${Aws.ACCOUNT_ID}:inference-profile/${profile}`;

/** The one pattern with a star, where there is any: the model in whichever region a profile routes to. */
export const routedModels = (model: BedrockModel | undefined): string | undefined =>
  model?.profile === undefined ? undefined : modelArn(model.id, '*');

/**
 * Converse is allowed by `bedrock:InvokeModel`. A profile is called by its own ARN, and calls the model in any of its regions: there
 * the model is open to calls of this profile alone.
 */
export const bedrockStatements = (model: BedrockModel | undefined): PolicyStatement[] => {
  if (model === undefined) return [];
  const { id, profile } = model;
  if (profile === undefined)
    return [
      new PolicyStatement({ sid: 'CallModel', actions: INVOKE, resources: [modelArn(id, Aws.REGION)] }),
    ];
  return [
    new PolicyStatement({ sid: 'CallProfile', actions: INVOKE, resources: [profileArn(profile)] }),
    new PolicyStatement({
      sid: 'CallRoutedModel',
      actions: INVOKE,
      resources: [modelArn(id, '*')],
      conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn(profile) } },
    }),
  ];
};

/** What a function that serves or writes texts is told: whether there is a model, and what it may use. */
export const textEnvironment = ({
  model,
  ttlHours,
  userTokens,
  stackTokens,
}: InsightSettings): Record<string, string> => ({
  ATTUNE_BEDROCK_MODEL: model?.profile ?? model?.id ?? 'off',
  ATTUNE_INSIGHT_TTL_HOURS: String(ttlHours),
  ATTUNE_INSIGHT_USER_TOKENS: String(userTokens),
  ATTUNE_INSIGHT_STACK_TOKENS: String(stackTokens),
});

/** What a function that calls the model is told beside that. */
export const bedrockEnvironment = (model: BedrockModel | undefined): Record<string, string> => {
  if (model === undefined) return {};
  const { output, endpoint } = model;
  return {
    ATTUNE_BEDROCK_OUTPUT: output,
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint }),
  };
};
