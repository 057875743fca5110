import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { list, oneOf, positive, text, whole } from './context.ts';
import { type InsightSettings, readInsightSettings } from './insight-settings.ts';

/** What a team may choose at deploy time, with `-c name=value` or under `context` in cdk.json. */
export type Settings = {
  /** `prod` keeps its data when the stack is deleted; every other name is disposable. */
  readonly stage: string;
  readonly stackName: string;
  readonly retainData: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  readonly logLevel: string;
  /** The team's own token issuer; absent, the stack makes a Cognito user pool. */
  readonly issuer?: { readonly url: string; readonly audience: readonly string[] };
  /** Origins of browsers that may call the API; empty: none. */
  readonly corsOrigins: readonly string[];
  readonly alarmEmail?: string;
  /** Steady requests per second and burst over all routes, above which API Gateway answers 429. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** The same of one caller on one instance of a function, above which that answers 429; services and admins get ten times that. */
  readonly callerRate: number;
  readonly callerBurst: number;
  /** The most memory that a function may have in this account: young accounts are granted 3,008 MB, others 10,240. */
  readonly maxFunctionMemoryMb: number;
  readonly training: Training;
  readonly insights: InsightSettings;
  /** `PERSONALIZATION_*` of every function, as it is in the environment; see `Switches` in core. */
  readonly switches: Readonly<Record<SwitchName, string>>;
  /** Leaves out what emulators do not know (encryption settings of Glue, maps over a manifest in the bucket); never on AWS. */
  readonly emulator: boolean;
};

export type Training = {
  /** Where collaborative models are trained: `auto` asks the export's count. */
  readonly engine: (typeof engines)[number];
  /** Workers (4 processors and 16 GB each) that Spark may grow to; none between two runs. */
  readonly sparkWorkers: number;
  /** Attribute of users by whose values the exposure of groups is audited. */
  readonly auditAttribute?: string;
  /** Days of behaviour that churn is predicted from, and days without any that count as churn. */
  readonly churnWindowDays: number;
  readonly churnHorizonDays: number;
};

/** Context and environment name them alike; each with what it is where nothing is said. */
const switchDefaults = {
  PERSONALIZATION_ML_ENABLED: 'true',
  PERSONALIZATION_AB_TESTING_ENABLED: 'true',
  PERSONALIZATION_REALTIME_ENABLED: 'true',
  PERSONALIZATION_CACHE_TTL: '60',
  PERSONALIZATION_DEBUG: 'false',
} as const;

export type SwitchName = keyof typeof switchDefaults;

const engines = ['auto', 'lambda', 'spark'] as const;

const STAGE_NAME = /^[a-z][a-z0-9-]{0,15}$/;

const readTraining = (node: Node): Training => {
  return {
    engine: oneOf(node, 'trainingEngine', engines, 'auto'),
    sparkWorkers: whole(node, 'sparkWorkers', 10, { least: 2, most: 299 }),
    auditAttribute: text(node, 'auditAttribute'),
    churnWindowDays: whole(node, 'churnWindowDays', 90, { least: 7, most: 730 }),
    churnHorizonDays: whole(node, 'churnHorizonDays', 30, { least: 1, most: 365 }),
  };
};

const readSwitch = (node: Node, name: SwitchName): string => {
  const fallback = switchDefaults[name];
  if (name === 'PERSONALIZATION_CACHE_TTL')
    return String(whole(node, name, Number(fallback), { least: 0, most: 86_400 }));
  const value = text(node, name) ?? fallback;
  if (value !== 'true' && value !== 'false') throw new Error(`context ${name} must be true or false`);
  return value;
};

/** A misspelt switch would leave on what somebody believes to be off. */
const refuseUnknownSwitches = (node: Node): void => {
  for (const name of Object.keys(node.getAllContext()))
    if (name.startsWith('PERSONALIZATION_') && !Object.hasOwn(switchDefaults, name))
      throw new Error(`context ${name} is none of ${Object.keys(switchDefaults).join(', ')}`);
};

const readSwitches = (node: Node): Settings['switches'] => {
  refuseUnknownSwitches(node);
  const names = Object.keys(switchDefaults) as SwitchName[];
  return Object.fromEntries(names.map((name) => [name, readSwitch(node, name)])) as Settings['switches'];
};

const readIssuer = (node: Node): Settings['issuer'] => {
  const url = text(node, 'issuer');
  const audience = list(node, 'audience');
  if (url === undefined && audience.length === 0) return undefined;
  if (url === undefined || audience.length === 0) {
    throw new Error(
      'context issuer and audience go together: an issuer alone would accept tokens made for other services',
    );
  }
  return { url, audience };
};

/** Reads and checks the context of the CDK app; throws with the name of the value that is wrong. */
export const readSettings = (node: Node): Settings => {
  const stage = text(node, 'stage') ?? 'dev';
  if (!STAGE_NAME.test(stage)) throw new Error(`context stage must match ${STAGE_NAME.source}`);
  const prod = stage === 'prod';
  const emulator = text(node, 'emulator') === 'true';
  return {
    stage,
    stackName: stage === 'dev' ? 'Attune' : `Attune-${stage}`,
    retainData: prod,
    removalPolicy: prod ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    logRetention: prod ? RetentionDays.THREE_MONTHS : RetentionDays.TWO_WEEKS,
    logLevel: text(node, 'logLevel') ?? 'INFO',
    issuer: readIssuer(node),
    corsOrigins: list(node, 'corsOrigins'),
    alarmEmail: text(node, 'alarmEmail'),
    throttle: { rate: positive(node, 'throttleRate', 500), burst: positive(node, 'throttleBurst', 1000) },
    callerRate: positive(node, 'callerRate', 200),
    callerBurst: whole(node, 'callerBurst', 400, { least: 1, most: 1_000_000 }),
    maxFunctionMemoryMb: whole(node, 'maxFunctionMemoryMb', 10_240, { least: 1024, most: 10_240 }),
    training: readTraining(node),
    insights: readInsightSettings(node, emulator),
    switches: readSwitches(node),
    emulator,
  };
};

/** By which metrics and log lines of the stages of one account are told apart. */
export const serviceName = ({ stackName }: Settings): string => stackName.toLowerCase();
