import { dynamoClient } from '../../../adapters/dynamodb/client.ts';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { analyticsStore } from '../../../adapters/dynamodb/stores/analytics-store.ts';
import { assignmentStore } from '../../../adapters/dynamodb/stores/assignment-store.ts';
import { catalogSnapshotStore } from '../../../adapters/dynamodb/stores/catalog-snapshot-store.ts';
import { catalogStore } from '../../../adapters/dynamodb/stores/catalog-store.ts';
import { decisionStore } from '../../../adapters/dynamodb/stores/decision-store.ts';
import { definitionStore } from '../../../adapters/dynamodb/stores/definition-store.ts';
import { idempotencyStore } from '../../../adapters/dynamodb/stores/idempotency-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { modelRegistryStore } from '../../../adapters/dynamodb/stores/model-registry-store.ts';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { precomputedStore } from '../../../adapters/dynamodb/stores/precomputed-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { announcementStore, resultsStore } from '../../../adapters/dynamodb/stores/results-store.ts';
import { settingsStore } from '../../../adapters/dynamodb/stores/settings-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import type { ExperimentPorts } from '../../../core/experiments/definition/manage-experiments.ts';
import { madeUnder } from '../../../core/experiments/outcomes/attribution.ts';
import type { InteractionConversionPorts } from '../../../core/experiments/outcomes/convert-interactions.ts';
import type { ExperimentBody } from '../../../core/experiments/types.ts';
import type { RulePorts } from '../../../core/rules/manage/manage-rules.ts';
import type { RuleBody } from '../../../core/rules/types.ts';
import type { TrackingPorts } from '../../../core/tracking/track-interactions.ts';
import type { TrackOnePorts } from '../../../core/tracking/track-one.ts';
import { environment, switches } from '../environment.ts';
import { countedSince } from '../kept/counted-since.ts';
import { lazily } from '../lazily.ts';
import { meter } from '../meter.ts';
import { pause } from '../pause.ts';

/** One client and one table for the life of the process. */
const database = lazily(() => ({ client: dynamoClient(), tableName: environment().ATTUNE_TABLE, meter }));

export const activity = lazily(() => activityStore(database()));
export const analytics = lazily(() => analyticsStore(database()));
export const announcements = lazily(() => announcementStore(database()));
export const assignments = lazily(() => assignmentStore(database()));
export const catalog = lazily(() => catalogStore(database()));
export const catalogSnapshots = lazily(() => catalogSnapshotStore(database()));
export const decisions = lazily(() => decisionStore(database()));
export const experimentDefinitions = lazily(() => definitionStore<ExperimentBody>(database(), 'EXPERIMENTS'));
export const idempotency = lazily(() => idempotencyStore(database()));
export const journal = lazily(() => journalStore(database()));
export const modelRegistry = lazily(() => modelRegistryStore(database()));
export const models = lazily(() => modelStore(database()));
export const outcomes = lazily(() => outcomeStore(database()));
export const precomputed = lazily(() => precomputedStore(database()));
export const profiles = lazily(() => profileStore(database()));
export const results = lazily(() => resultsStore(database()));
export const ruleDefinitions = lazily(() => definitionStore<RuleBody>(database(), 'RULES'));
export const settings = lazily(() => settingsStore(database()));
export const users = lazily(() => usersStore(database()));

/** What counting interactions for experiments needs; nothing where experiments are switched off. */
const conversions = lazily((): InteractionConversionPorts | undefined =>
  switches().abTesting
    ? {
        outcomes: outcomes(),
        countedExperiments: countedSince(experimentDefinitions),
        madeUnder: madeUnder({ decisions: decisions() }, Date.now),
        pause,
      }
    : undefined,
);

/** What recording interactions needs. */
export const recording = lazily(
  (): TrackingPorts => ({ users: users(), journal: journal(), pause, conversions: conversions() }),
);

/** What reading and changing profiles needs. */
export const profilePorts = lazily(() => ({ users: users(), profiles: profiles() }));

/** What single tracking calls need that carry no words to score. */
export const wordlessTracking = lazily((): TrackOnePorts => ({ ...recording(), sentimentOf: () => 0 }));

/** What reading and changing experiments needs. */
export const experimentChanges = lazily(
  (): ExperimentPorts => ({ experiments: experimentDefinitions(), pause }),
);

/** What reading and changing rules needs. */
export const ruleChanges = lazily(
  (): RulePorts => ({ rules: ruleDefinitions(), experiments: experimentDefinitions(), pause }),
);
