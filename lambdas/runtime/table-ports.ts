import { dynamoClient } from '../../adapters/dynamodb/client.ts';
import { activityStore } from '../../adapters/dynamodb/stores/activity-store.ts';
import { catalogSnapshotStore } from '../../adapters/dynamodb/stores/catalog-snapshot-store.ts';
import { catalogStore } from '../../adapters/dynamodb/stores/catalog-store.ts';
import { decisionStore } from '../../adapters/dynamodb/stores/decision-store.ts';
import { idempotencyStore } from '../../adapters/dynamodb/stores/idempotency-store.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { modelRegistryStore } from '../../adapters/dynamodb/stores/model-registry-store.ts';
import { modelStore } from '../../adapters/dynamodb/stores/model-store.ts';
import { precomputedStore } from '../../adapters/dynamodb/stores/precomputed-store.ts';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { settingsStore } from '../../adapters/dynamodb/stores/settings-store.ts';
import { usersStore } from '../../adapters/dynamodb/stores/users-store.ts';
import type { TrackingPorts } from '../../core/tracking/track-interactions.ts';
import type { TrackOnePorts } from '../../core/tracking/track-one.ts';
import { environment } from './environment.ts';
import { lazily } from './lazily.ts';
import { meter } from './meter.ts';
import { pause } from './pause.ts';

/** One client and one table for the life of the process. */
const database = lazily(() => ({ client: dynamoClient(), tableName: environment().ATTUNE_TABLE, meter }));

export const activity = lazily(() => activityStore(database()));
export const catalog = lazily(() => catalogStore(database()));
export const catalogSnapshots = lazily(() => catalogSnapshotStore(database()));
export const decisions = lazily(() => decisionStore(database()));
export const idempotency = lazily(() => idempotencyStore(database()));
export const journal = lazily(() => journalStore(database()));
export const modelRegistry = lazily(() => modelRegistryStore(database()));
export const models = lazily(() => modelStore(database()));
export const precomputed = lazily(() => precomputedStore(database()));
export const profiles = lazily(() => profileStore(database()));
export const settings = lazily(() => settingsStore(database()));
export const users = lazily(() => usersStore(database()));

/** What recording interactions needs. */
export const recording = lazily((): TrackingPorts => ({ users: users(), journal: journal(), pause }));

/** What reading and changing profiles needs. */
export const profilePorts = lazily(() => ({ users: users(), profiles: profiles() }));

/** What single tracking calls need that carry no words to score. */
export const wordlessTracking = lazily((): TrackOnePorts => ({ ...recording(), sentimentOf: () => 0 }));
