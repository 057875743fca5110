import type { AwsKeys } from '../../adapters/bedrock/client.ts';
import { BEHAVIOURS, type Behaviour, isBehaviour } from './behaviours.ts';

/** Who writes texts: nobody (rules do), the fake, or the real service with the caller's credentials. */
export type BedrockSetting =
  | { readonly kind: 'off' }
  | { readonly kind: 'fake'; readonly behaviour: Behaviour; readonly model: string }
  | {
      readonly kind: 'aws';
      readonly model: string;
      readonly profile: string;
      readonly keys?: AwsKeys | undefined;
      readonly endpoint?: string | undefined;
    };

const DEFAULT_MODEL = 'amazon.nova-micro-v1:0';

const keysOf = (env: NodeJS.ProcessEnv): AwsKeys | undefined => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = env;
  // A profile that is named goes before keys, as in the SDK.
  if (AWS_PROFILE || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};

/**
 * Reads `ATTUNE_BEDROCK`: `off` (the default), `fake`, `fake:<behaviour>`, or `aws`.
 * @throws Error naming the variable that cannot be read.
 */
export const bedrockSetting = (env: NodeJS.ProcessEnv): BedrockSetting => {
  const [kind = '', behaviour = 'well'] = (env.ATTUNE_BEDROCK ?? '').split(':');
  const model = env.ATTUNE_BEDROCK_MODEL || DEFAULT_MODEL;
  if (kind === '' || kind === 'off') return { kind: 'off' };
  if (kind === 'fake') {
    if (isBehaviour(behaviour)) return { kind, behaviour, model };
    throw new Error(`ATTUNE_BEDROCK=fake:<behaviour> takes ${BEHAVIOURS.join(', ')}; it is "${behaviour}"`);
  }
  if (kind !== 'aws')
    throw new Error(
      `ATTUNE_BEDROCK must be off, fake, fake:<behaviour> or aws, it is "${env.ATTUNE_BEDROCK}"`,
    );
  return {
    kind,
    model,
    profile: env.AWS_PROFILE || 'default',
    keys: keysOf(env),
    endpoint: env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME || undefined,
  };
};
