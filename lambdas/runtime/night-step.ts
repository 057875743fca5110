import { randomBytes } from 'node:crypto';
import { openKernels } from '../../adapters/kernels/kernels.ts';
import { specialFunctions } from '../../adapters/numbers/special-functions.ts';
import { s3Client } from '../../adapters/objects/client.ts';
import { objectStore } from '../../adapters/objects/object-store.ts';
import { pseudonyms } from '../../adapters/pseudonyms.ts';
import type { NightPorts, NightStep } from '../../core/nights/ports.ts';
import type { Failure } from '../../core/nights/steps/fail.ts';
import { environment, required } from './environment.ts';
import { jobStep } from './job-step.ts';
import { lazily } from './lazily.ts';
import {
  activity,
  analytics,
  catalog,
  catalogSnapshots,
  journal,
  modelRegistry,
  models,
  precomputed,
  settings,
  updates,
  users,
} from './ports/table-ports.ts';
import { logger } from './telemetry.ts';

const pseudonymsOfTable = async (): Promise<(userId: string) => string> => {
  const key = await settings().pseudonymKey(() => randomBytes(32).toString('base64'));
  return pseudonyms(Buffer.from(key, 'base64'));
};

const nightSettings = (): NightPorts['settings'] => {
  const given = environment();
  return {
    trainingMemoryMb: given.ATTUNE_TRAINING_MEMORY_MB,
    engine: given.ATTUNE_TRAINING_ENGINE,
    auditAttribute: given.ATTUNE_AUDIT_ATTRIBUTE || undefined,
    churnWindowDays: given.ATTUNE_CHURN_WINDOW_DAYS,
    churnHorizonDays: given.ATTUNE_CHURN_HORIZON_DAYS,
  };
};

const ports = lazily(
  (): NightPorts => ({
    objects: objectStore({ client: s3Client(), bucket: required('ATTUNE_BUCKET') }),
    activity: activity(),
    journal: journal(),
    users: users(),
    catalog: catalog(),
    snapshots: catalogSnapshots(),
    models: models(),
    registry: modelRegistry(),
    precomputed: precomputed(),
    updates: updates(),
    analytics: analytics(),
    settings: nightSettings(),
    pseudonyms: pseudonymsOfTable,
    openKernels: (memoryBytes) => openKernels({ memoryBytes }),
    special: specialFunctions,
    clock: Date.now,
    progress: (message, counts) => logger.info(message, { ...counts }),
  }),
);

/** The function behind one step of the nights: see `jobStep`. */
export const nightStep = <R>(
  work: (ports: NightPorts, step: NightStep & { failure?: Failure }) => Promise<R>,
) => jobStep((step) => work(ports(), step));
