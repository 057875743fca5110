import type { Access } from './access.ts';

/** Questions that store nothing. */
const reads: Access = { table: 'read' };
/** Everything with a body keeps the answer to its `Idempotency-Key`; decisions keep their trace. */
const writes: Access = { table: 'write' };
/** Tells others what it changed, or what a user earned. */
const announces: Access = { table: 'write', events: 'publish' };
/** The catalogue is held in memory: room for 50,000 items (docs/figures.md). */
const serving: Access = { table: 'write', memoryMb: 1024 };
/** Texts of a model are asked for in the background. */
const texts: Access = { ...serving, insights: 'send' };
/** Thousands of parts in one request: more processor (which comes with memory) and the API's longest time. */
const bulk = { memoryMb: 1769, timeoutSeconds: 29 };

/**
 * What the function of each endpoint may touch, by operationId. A test holds this map, `contracts/registry.ts` and
 * `lambdas/api` against each other one to one, so that no endpoint comes to life without stated permissions.
 */
export const endpointGrants: Readonly<Record<string, Access>> = {
  getGoals: reads,
  getProfile: reads,
  learnPreferences: writes,
  putGoals: writes,
  putMarketFocus: writes,
  recomputeProfile: { ...writes, ...bulk },
  recordSession: announces,
  resetProfile: { ...writes, ...bulk },
  updateProfile: writes,
  upsertProfile: serving,

  listFrequentFeatures: reads,
  listInteractions: reads,
  recordContentPreference: announces,
  recordFeatureUsage: announces,
  recordFeedback: announces,
  trackInteraction: announces,
  trackInteractions: { ...writes, ...bulk, queue: 'send' },

  getContentRecommendations: serving,
  getFeatureRecommendations: serving,
  getRecommendations: serving,
  getStyleRecommendations: serving,
  getTemplateRecommendations: serving,
  listSimilar: { ...serving, table: 'read' },
  rankContent: serving,
  recordRecommendationFeedback: { ...serving, events: 'publish' },
  requestRecommendations: serving,

  deleteCatalogItem: writes,
  getCatalogItem: reads,
  listCatalogItems: reads,
  putCatalogItem: writes,
  putCatalogItems: { ...writes, ...bulk },

  getWorkflowOptimizations: writes,

  decideConfig: writes,
  decideUiSettings: writes,
  getDecision: reads,

  evaluateFlag: serving,
  evaluateFlags: serving,

  listModels: reads,
  restoreModel: writes,

  createRule: writes,
  deleteRule: writes,
  getRule: reads,
  getRulePerformance: reads,
  listRules: reads,
  listRuleVersions: reads,
  optimizeRules: { ...writes, ...bulk },
  previewRule: writes,
  replaceRule: writes,
  rollbackRule: writes,

  createExperiment: announces,
  deleteExperiment: announces,
  getAssignment: writes,
  getExperiment: reads,
  getExperimentResults: { ...writes, ...bulk },
  listExperiments: reads,
  recordConversion: writes,
  replaceExperiment: announces,

  getHomepage: serving,

  getDashboard: texts,
  getInsights: texts,
  getRealtimeUpdates: reads,
  suggest: { ...texts, bedrock: true, timeoutSeconds: 10 },

  createLearningPath: serving,
  getLearningPath: { ...serving, events: 'publish' },
  listLearningPaths: { ...serving, table: 'read' },
  putProgress: { ...serving, events: 'publish' },

  claimAchievement: announces,
  getAchievements: announces,
  getBadge: announces,

  decideGenerationParams: serving,
  integrateContentAnalysis: writes,
  recordVideoGeneration: writes,

  getAnalytics: reads,
  getUserMetrics: reads,
  listSegments: reads,

  getHealth: { table: 'read', queue: 'inspect' },
};
