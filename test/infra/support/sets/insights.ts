import { chosen, type ScenarioSet } from '../scenario-set.ts';

const APPLICATION_PROFILE =
  'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6';

export const scenarios: ScenarioSet['scenarios'] = {
  model: chosen(),
  off: chosen({ bedrockModel: 'off', domain: 'real-estate' }),
  profile: chosen({
    stage: 'prod',
    bedrockInferenceProfile: 'eu.amazon.nova-micro-v1:0',
    bedrockOutput: 'json_schema',
    insightTtlHours: '6',
    insightUserTokens: '5000',
    insightStackTokens: '100000',
  }),
  ownProfile: chosen({
    bedrockModel: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    bedrockInferenceProfile: APPLICATION_PROFILE,
  }),
  emulated: chosen({ emulator: 'true', bedrockEndpoint: 'http://127.0.0.1:4599' }),
};

export const refusals: ScenarioSet['refusals'] = {
  domain: chosen({ domain: 'no-such-domain' }),
  model: chosen({ bedrockModel: 'Nova Micro' }),
  modelIsProfile: chosen({ bedrockModel: 'eu.amazon.nova-micro-v1:0' }),
  profile: chosen({ bedrockInferenceProfile: 'nova' }),
  otherModel: chosen({
    bedrockModel: 'amazon.nova-lite-v1:0',
    bedrockInferenceProfile: 'eu.amazon.nova-micro-v1:0',
  }),
  profileOff: chosen({ bedrockModel: 'off', bedrockInferenceProfile: 'eu.amazon.nova-micro-v1:0' }),
  output: chosen({ bedrockOutput: 'xml' }),
  ttl: chosen({ insightTtlHours: '0' }),
  userTokens: chosen({ insightUserTokens: '1.5' }),
  stackTokens: chosen({ insightStackTokens: '-1' }),
  budgets: chosen({ insightUserTokens: '20000', insightStackTokens: '10000' }),
  endpoint: chosen({ bedrockEndpoint: 'http://127.0.0.1:4599' }),
  endpointUrl: chosen({ emulator: 'true', bedrockEndpoint: 'here' }),
};
