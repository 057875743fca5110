import { dynamoClient } from '../../../adapters/dynamodb/client.ts';
import { achievementStore } from '../../../adapters/dynamodb/stores/achievement-store.ts';
import { activityStore } from '../../../adapters/dynamodb/stores/activity-store.ts';
import { analyticsStore } from '../../../adapters/dynamodb/stores/analytics-store.ts';
import { assignmentStore } from '../../../adapters/dynamodb/stores/assignment-store.ts';
import { budgetStore } from '../../../adapters/dynamodb/stores/budget-store.ts';
import { catalogSnapshotStore } from '../../../adapters/dynamodb/stores/catalog-snapshot-store.ts';
import { catalogStore } from '../../../adapters/dynamodb/stores/catalog-store.ts';
import { decisionStore } from '../../../adapters/dynamodb/stores/decision-store.ts';
import { definitionStore } from '../../../adapters/dynamodb/stores/definition-store.ts';
import { generationStore } from '../../../adapters/dynamodb/stores/generation-store.ts';
import { homepageStore } from '../../../adapters/dynamodb/stores/homepage-store.ts';
import { idempotencyStore } from '../../../adapters/dynamodb/stores/idempotency-store.ts';
import { journalStore } from '../../../adapters/dynamodb/stores/journal-store.ts';
import { learningPathStore } from '../../../adapters/dynamodb/stores/learning-path-store.ts';
import { modelRegistryStore } from '../../../adapters/dynamodb/stores/model-registry-store.ts';
import { modelStore } from '../../../adapters/dynamodb/stores/model-store.ts';
import { offerStore } from '../../../adapters/dynamodb/stores/offer-store.ts';
import { outcomeStore } from '../../../adapters/dynamodb/stores/outcome-store.ts';
import { precomputedStore } from '../../../adapters/dynamodb/stores/precomputed-store.ts';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { announcementStore, resultsStore } from '../../../adapters/dynamodb/stores/results-store.ts';
import { settingsStore } from '../../../adapters/dynamodb/stores/settings-store.ts';
import { textStore } from '../../../adapters/dynamodb/stores/text-store.ts';
import { updateStore } from '../../../adapters/dynamodb/stores/update-store.ts';
import { usersStore } from '../../../adapters/dynamodb/stores/users-store.ts';
import type { TrackedAchievementPorts, UnlockPorts } from '../../../core/achievements/ports.ts';
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
import { loadDomain } from '../kept/domains.ts';
import { lazily } from '../lazily.ts';
import { meter } from '../meter.ts';
import { pause } from '../pause.ts';
import { logger, metrics } from '../telemetry.ts';
import { eventBus } from './event-bus.ts';

/** One client and one table for the life of the process. */
const database = lazily(() => ({ client: dynamoClient(), tableName: environment().ATTUNE_TABLE, meter }));

export const achievements = lazily(() => achievementStore(database()));
export const activity = lazily(() => activityStore(database()));
export const analytics = lazily(() => analyticsStore(database()));
export const announcements = lazily(() => announcementStore(database()));
export const assignments = lazily(() => assignmentStore(database()));
export const budgets = lazily(() => budgetStore(database()));
export const catalog = lazily(() => catalogStore(database()));
export const catalogSnapshots = lazily(() => catalogSnapshotStore(database()));
export const decisions = lazily(() => decisionStore(database()));
export const experimentDefinitions = lazily(() => definitionStore<ExperimentBody>(database(), 'EXPERIMENTS'));
export const generations = lazily(() => generationStore(database()));
export const homepageStoreOfTable = lazily(() => homepageStore(database()));
export const idempotency = lazily(() => idempotencyStore(database()));
export const journal = lazily(() => journalStore(database()));
export const learningPaths = lazily(() => learningPathStore(database()));
export const modelRegistry = lazily(() => modelRegistryStore(database()));
export const models = lazily(() => modelStore(database()));
export const offers = lazily(() => offerStore(database()));
export const outcomes = lazily(() => outcomeStore(database()));
export const precomputed = lazily(() => precomputedStore(database()));
export const profiles = lazily(() => profileStore(database()));
export const results = lazily(() => resultsStore(database()));
export const ruleDefinitions = lazily(() => definitionStore<RuleBody>(database(), 'RULES'));
export const settings = lazily(() => settingsStore(database()));
export const texts = lazily(() => textStore(database()));
export const updates = lazily(() => updateStore(database()));
export const users = lazily(() => usersStore(database()));

/**
 * What counting interactions for experiments needs; nothing where experiments are switched off. Exported, since bundles leave out only
 * exported makers that nothing uses (scripts/bundle/lean-code.ts).
 */
export const conversions = lazily((): InteractionConversionPorts | undefined =>
  switches().abTesting
    ? {
        outcomes: outcomes(),
        countedExperiments: countedSince(experimentDefinitions),
        madeUnder: madeUnder({ decisions: decisions() }, Date.now),
        pause,
      }
    : undefined,
);

const delayed = (error: unknown): void => {
  logger.warn('achievement delayed until the user looks at them', { error: error as Error });
  metrics.addMetric('AchievementsDelayed', 'Count', 1);
};

/** What unlocking achievements and telling of them needs. */
export const unlocking = lazily(
  (): UnlockPorts => ({ achievements: achievements(), updates: updates(), events: eventBus, delayed }),
);

/** What interactions need to move achievements: those of the stack's own product. */
export const trackedAchievements = lazily(
  (): TrackedAchievementPorts => ({
    ...unlocking(),
    domain: () => loadDomain(environment().ATTUNE_DOMAIN),
  }),
);

/** What recording interactions needs. */
export const recording = lazily(
  (): TrackingPorts => ({
    users: users(),
    journal: journal(),
    pause,
    conversions: conversions(),
    achievements: trackedAchievements(),
  }),
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
