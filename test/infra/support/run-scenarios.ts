import { writeFileSync } from 'node:fs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { endpoints } from '../../../contracts/registry.ts';
import { endpointGrants } from '../../../lib/config/endpoint-grants.ts';
import { manyEndpoints, manyGrants } from './many-endpoints.ts';
import { type Synthesized, synthesize } from './synthesize.ts';

const [file = ''] = process.argv.slice(2);
const contract = { endpoints, grants: endpointGrants };

const issuer = { issuer: 'https://login.example.com/', audience: 'attune,attune-jobs' };
const choices = {
  stage: 'prod',
  ...issuer,
  alarmEmail: 'ops@example.com',
  corsOrigins: 'https://app.example.com',
};

const refusal = (context: Record<string, string>): string => {
  try {
    synthesize({ ...contract, context });
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

const scenarios: Record<string, Synthesized> = {
  dev: synthesize(contract),
  prod: synthesize({ ...contract, context: choices }),
  capped: synthesize({
    ...contract,
    context: {
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
    },
  }),
  many: synthesize({ endpoints: manyEndpoints, grants: manyGrants }),
  spoilt: synthesize({
    ...contract,
    spoil: (stack) => {
      new Bucket(stack, 'OpenBucket');
    },
  }),
};

const refusals = {
  noAudience: refusal({ issuer: issuer.issuer }),
  noIssuer: refusal({ audience: 'attune' }),
  stage: refusal({ stage: 'Prod!' }),
  memory: refusal({ maxFunctionMemoryMb: '16384' }),
  engine: refusal({ trainingEngine: 'hadoop' }),
  throttle: refusal({ throttleRate: '-1' }),
  callerRate: refusal({ callerRate: '0' }),
  callerBurst: refusal({ callerBurst: '1.5' }),
  mlEnabled: refusal({ PERSONALIZATION_ML_ENABLED: 'off' }),
  abTesting: refusal({ PERSONALIZATION_AB_TESTING_ENABLED: 'True' }),
  realtime: refusal({ PERSONALIZATION_REALTIME_ENABLED: '1' }),
  debug: refusal({ PERSONALIZATION_DEBUG: 'yes' }),
  cacheTtl: refusal({ PERSONALIZATION_CACHE_TTL: '86401' }),
  noSuchSwitch: refusal({ PERSONALIZATION_AB_ENABLED: 'false' }),
  noGrant: (() => {
    try {
      synthesize({ endpoints, grants: {} });
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  })(),
};

writeFileSync(file, JSON.stringify({ scenarios, refusals }));
