import * as z from 'zod';
import type { Budgets } from '../../core/insights/ports.ts';
import { defaultSwitches, type Switches } from '../../core/switches.ts';

/** `true`/`false`, `on`/`off`, `1`/`0`, in any case; absent or empty: `fallback`. */
const onOff = (fallback: boolean) =>
  z.preprocess((given) => {
    const text = String(given ?? '').toLowerCase();
    if (text === '') return fallback;
    if (['true', 'on', '1'].includes(text)) return true;
    return ['false', 'off', '0'].includes(text) ? false : given;
  }, z.boolean());

/** Absent and empty are the same. */
const orDefault = <S extends z.ZodType>(schema: S) =>
  z.preprocess((given) => (given === '' ? undefined : given), schema);

const tokens = (fallback: number) => orDefault(z.coerce.number().int().min(0).default(fallback));

const schema = z.object({
  ATTUNE_TABLE: z.string().min(1),
  ATTUNE_STAGE: z.string().default('dev'),
  ATTUNE_INTERACTIONS_QUEUE_URL: z.string().optional(),
  ATTUNE_INSIGHTS_QUEUE_URL: z.string().optional(),
  ATTUNE_DOMAIN: orDefault(z.string().default('saas')),
  ATTUNE_BEDROCK_MODEL: z.string().default('off'),
  ATTUNE_BEDROCK_OUTPUT: orDefault(z.enum(['tool', 'json_schema']).default('tool')),
  ATTUNE_INSIGHT_TTL_HOURS: orDefault(z.coerce.number().positive().max(720).default(24)),
  ATTUNE_INSIGHT_USER_TOKENS: tokens(20_000),
  ATTUNE_INSIGHT_STACK_TOKENS: tokens(2_000_000),
  ATTUNE_BUCKET: z.string().optional(),
  ATTUNE_EVENT_BUS: z.string().optional(),
  ATTUNE_TRAINING_MEMORY_MB: z.coerce.number().int().min(512).default(3008),
  ATTUNE_TRAINING_ENGINE: z.enum(['auto', 'lambda', 'spark']).default('auto'),
  ATTUNE_AUDIT_ATTRIBUTE: z.string().optional(),
  ATTUNE_CHURN_WINDOW_DAYS: z.coerce.number().int().min(1).default(90),
  ATTUNE_CHURN_HORIZON_DAYS: z.coerce.number().int().min(1).default(30),
  ATTUNE_CALLER_RATE: z.coerce.number().positive().default(200),
  ATTUNE_CALLER_BURST: z.coerce.number().int().min(1).default(400),
  ATTUNE_RETENTION_DAYS: z.coerce.number().int().min(1).default(400),
  PERSONALIZATION_ML_ENABLED: onOff(defaultSwitches.ml),
  PERSONALIZATION_AB_TESTING_ENABLED: onOff(defaultSwitches.abTesting),
  PERSONALIZATION_REALTIME_ENABLED: onOff(defaultSwitches.realtime),
  PERSONALIZATION_CACHE_TTL: orDefault(
    z.coerce.number().int().min(0).max(86_400).default(defaultSwitches.cacheTtlSeconds),
  ),
  PERSONALIZATION_DEBUG: onOff(defaultSwitches.debug),
});

export type Environment = z.output<typeof schema>;

let parsed: Environment | undefined;

/** The function's settings; throws naming what is missing. The only place of the runtime that reads the environment. */
export const environment = (): Environment => {
  parsed ??= schema.parse(process.env);
  return parsed;
};

/** A setting that only some functions are given; throws naming it. */
export const required = (
  name: 'ATTUNE_INTERACTIONS_QUEUE_URL' | 'ATTUNE_INSIGHTS_QUEUE_URL' | 'ATTUNE_BUCKET' | 'ATTUNE_EVENT_BUS',
): string => {
  const value = environment()[name];
  if (!value) throw new Error(`${name} is not set for this function`);
  return value;
};

/** How long interactions are kept, in milliseconds. */
export const retentionMs = (): number => environment().ATTUNE_RETENTION_DAYS * 86_400_000;

/** Model id or inference profile of the model that writes texts; undefined where rules write alone. */
export const bedrockModel = (): string | undefined => {
  const model = environment().ATTUNE_BEDROCK_MODEL.trim();
  return model === '' || model.toLowerCase() === 'off' ? undefined : model;
};

/** How long a text of a model is kept, in milliseconds. */
export const insightTtlMs = (): number => environment().ATTUNE_INSIGHT_TTL_HOURS * 3_600_000;

/** Tokens that models may cost in a day. */
export const insightBudgets = (): Budgets => ({
  userTokens: environment().ATTUNE_INSIGHT_USER_TOKENS,
  stackTokens: environment().ATTUNE_INSIGHT_STACK_TOKENS,
});

/** What the operator turned on and off. */
export const switches = (): Switches => {
  const given = environment();
  return {
    ml: given.PERSONALIZATION_ML_ENABLED,
    abTesting: given.PERSONALIZATION_AB_TESTING_ENABLED,
    realtime: given.PERSONALIZATION_REALTIME_ENABLED,
    cacheTtlSeconds: given.PERSONALIZATION_CACHE_TTL,
    debug: given.PERSONALIZATION_DEBUG,
  };
};
