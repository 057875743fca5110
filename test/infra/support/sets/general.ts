import { Bucket } from 'aws-cdk-lib/aws-s3';
import { manyEndpoints, manyGrants } from '../many-endpoints.ts';
import { chosen, type ScenarioSet } from '../scenario-set.ts';

const issuer = { issuer: 'https://login.example.com/', audience: 'attune,attune-jobs' };

export const scenarios: ScenarioSet['scenarios'] = {
  dev: chosen(),
  prod: chosen({
    stage: 'prod',
    ...issuer,
    alarmEmail: 'ops@example.com',
    corsOrigins: 'https://app.example.com',
  }),
  capped: chosen({
    maxFunctionMemoryMb: '3008',
    trainingEngine: 'spark',
    auditAttribute: 'market',
    churnHorizonDays: '14',
    callerRate: '2.5',
    callerBurst: '10',
    PERSONALIZATION_ML_ENABLED: 'false',
    PERSONALIZATION_AB_TESTING_ENABLED: 'false',
    PERSONALIZATION_REALTIME_ENABLED: 'false',
    PERSONALIZATION_CACHE_TTL: '0',
    PERSONALIZATION_DEBUG: 'true',
    emulator: 'true',
  }),
  many: { endpoints: manyEndpoints, grants: manyGrants },
  spoilt: {
    ...chosen(),
    spoil: (stack) => {
      new Bucket(stack, 'OpenBucket');
    },
  },
};

export const refusals: ScenarioSet['refusals'] = {
  noAudience: chosen({ issuer: issuer.issuer }),
  noIssuer: chosen({ audience: 'attune' }),
  stage: chosen({ stage: 'Prod!' }),
  memory: chosen({ maxFunctionMemoryMb: '16384' }),
  engine: chosen({ trainingEngine: 'hadoop' }),
  throttle: chosen({ throttleRate: '-1' }),
  callerRate: chosen({ callerRate: '0' }),
  callerBurst: chosen({ callerBurst: '1.5' }),
  mlEnabled: chosen({ PERSONALIZATION_ML_ENABLED: 'off' }),
  abTesting: chosen({ PERSONALIZATION_AB_TESTING_ENABLED: 'True' }),
  realtime: chosen({ PERSONALIZATION_REALTIME_ENABLED: '1' }),
  debug: chosen({ PERSONALIZATION_DEBUG: 'yes' }),
  cacheTtl: chosen({ PERSONALIZATION_CACHE_TTL: '86401' }),
  noSuchSwitch: chosen({ PERSONALIZATION_AB_ENABLED: 'false' }),
  noGrant: { ...chosen(), grants: {} },
};
