import type { Node } from 'constructs';
import { oneOf, text, whole } from './context.ts';
import { knownDomains } from './known-domains.ts';

/** A model of Bedrock, as functions may call it. */
export type BedrockModel = {
  /** Id of the foundation model, such as `amazon.nova-micro-v1:0`. */
  readonly id: string;
  /** Inference profile that calls go through: an id such as `eu.amazon.nova-micro-v1:0`, or an ARN of this account. */
  readonly profile?: string;
  readonly output: (typeof outputs)[number];
  /** Address of an emulator. */
  readonly endpoint?: string;
};

export type InsightSettings = {
  /** Folder of `domains/` whose texts and actions are used where a request names no other. */
  readonly domain: string;
  /** Absent: rules write every text, and no function may call Bedrock. */
  readonly model?: BedrockModel;
  /** Hours for which a text of a model is served. */
  readonly ttlHours: number;
  /** Tokens in and out that models may use in a day (UTC), of one user and of all. */
  readonly userTokens: number;
  readonly stackTokens: number;
};

const outputs = ['tool', 'json_schema'] as const;
const DEFAULT_DOMAIN = 'saas';
const DEFAULT_MODEL = 'amazon.nova-micro-v1:0';
const OFF = 'off';

const MODEL_ID = /^[a-z0-9-]+\.[a-z0-9][a-z0-9.-]*(:[0-9a-z-]+)*$/;
/** Profiles that AWS makes are named by where they route to, and by the model. */
const GEOGRAPHY = /^(us|us-gov|eu|apac|jp|au|ca|sa|me|il|mx|global)\./;
const PROFILE_ARN =
  /^arn:aws[a-z-]*:bedrock:[a-z0-9-]+:\d{12}:(application-)?inference-profile\/[a-zA-Z0-9.:_-]+$/;

const readDomain = (node: Node): string => {
  const known = knownDomains();
  const domain = text(node, 'domain') ?? DEFAULT_DOMAIN;
  if (!known.includes(domain)) throw new Error(`context domain must be one of ${known.join(', ')}`);
  return domain;
};

const readProfile = (node: Node): string | undefined => {
  const profile = text(node, 'bedrockInferenceProfile');
  if (profile === undefined) return undefined;
  const isId = GEOGRAPHY.test(profile) && MODEL_ID.test(profile.replace(GEOGRAPHY, ''));
  if (!isId && !PROFILE_ARN.test(profile))
    throw new Error(
      'context bedrockInferenceProfile must be the id of a profile, such as eu.amazon.nova-micro-v1:0, or its ARN',
    );
  return profile;
};

/** The model that a profile of AWS routes to; of an ARN with a name of the team's own it is not known. */
const modelOf = (profile: string): string | undefined => {
  const id = profile.split('/').at(-1) ?? '';
  return GEOGRAPHY.test(id) ? id.replace(GEOGRAPHY, '') : undefined;
};

const readModelId = (node: Node, profile: string | undefined): string => {
  const routed = profile === undefined ? undefined : modelOf(profile);
  const id = text(node, 'bedrockModel') ?? routed ?? DEFAULT_MODEL;
  if (GEOGRAPHY.test(id))
    throw new Error(`context bedrockModel ${id} is an inference profile: give it as bedrockInferenceProfile`);
  if (!MODEL_ID.test(id))
    throw new Error(`context bedrockModel must be the id of a model, such as ${DEFAULT_MODEL}, or ${OFF}`);
  if (routed !== undefined && routed !== id)
    throw new Error(`context bedrockInferenceProfile ${profile} routes to ${routed}, bedrockModel is ${id}`);
  return id;
};

const readEndpoint = (node: Node, emulator: boolean): string | undefined => {
  const endpoint = text(node, 'bedrockEndpoint');
  if (endpoint === undefined) return undefined;
  if (!emulator) throw new Error('context bedrockEndpoint goes with emulator=true only');
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new Error('context bedrockEndpoint must be a URL');
  return endpoint;
};

const readModel = (node: Node, emulator: boolean): BedrockModel | undefined => {
  const [profile, endpoint] = [readProfile(node), readEndpoint(node, emulator)];
  const output = oneOf(node, 'bedrockOutput', outputs, 'tool');
  if (text(node, 'bedrockModel') !== OFF)
    return { id: readModelId(node, profile), profile, output, endpoint };
  if (profile !== undefined)
    throw new Error('context bedrockInferenceProfile makes no sense with bedrockModel=off');
  return undefined;
};

/** Reads and checks what is said of texts, models and their budgets; throws with the name of the value that is wrong. */
export const readInsightSettings = (node: Node, emulator: boolean): InsightSettings => {
  const userTokens = whole(node, 'insightUserTokens', 20_000, { least: 0, most: 10_000_000 });
  const stackTokens = whole(node, 'insightStackTokens', 2_000_000, { least: 0, most: 100_000_000_000 });
  if (userTokens > stackTokens)
    throw new Error('context insightUserTokens must not be more than insightStackTokens');
  return {
    domain: readDomain(node),
    model: readModel(node, emulator),
    ttlHours: whole(node, 'insightTtlHours', 24, { least: 1, most: 720 }),
    userTokens,
    stackTokens,
  };
};
