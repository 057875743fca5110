import * as analytics from './analytics/endpoints.ts';
import * as userMetrics from './analytics/user-metrics.ts';
import * as catalog from './catalog/endpoints.ts';
import * as config from './config/endpoints.ts';
import * as uiSettings from './config/ui-settings.ts';
import * as decisions from './decisions/endpoints.ts';
import type { EndpointShape } from './endpoint.ts';
import * as experiments from './experiments/endpoints.ts';
import * as experimentResults from './experiments/results.ts';
import * as flags from './flags/endpoints.ts';
import * as generation from './generation/endpoints.ts';
import * as health from './health/endpoints.ts';
import * as homepage from './homepage/endpoints.ts';
import * as insights from './insights/endpoints.ts';
import * as learning from './learning/endpoints.ts';
import * as models from './models/endpoints.ts';
import * as profile from './profile/endpoints.ts';
import * as recommendationsByKind from './recommendations/by-kind.ts';
import * as recommendations from './recommendations/endpoints.ts';
import * as rules from './rules/endpoints.ts';
import * as rulePerformance from './rules/performance.ts';
import * as rulePreview from './rules/preview.ts';
import * as tracking from './tracking/endpoints.ts';
import * as workflow from './workflow/endpoints.ts';

const isEndpoint = (value: unknown): value is EndpointShape =>
  typeof value === 'object' && value !== null && 'operationId' in value;

/** Every endpoint of the product. Routes, OpenAPI, grants and tests walk this list. */
export const endpoints: readonly EndpointShape[] = [
  profile,
  tracking,
  recommendations,
  recommendationsByKind,
  catalog,
  workflow,
  models,
  analytics,
  userMetrics,
  config,
  uiSettings,
  decisions,
  rules,
  rulePerformance,
  rulePreview,
  experiments,
  experimentResults,
  flags,
  insights,
  generation,
  homepage,
  learning,
  health,
].flatMap((resource) => (Object.values(resource) as unknown[]).filter(isEndpoint));

/** `trackInteraction` -> `track-interaction`: the handler's file below `lambdas/api/`. */
export const handlerFile = (operationId: string): string =>
  operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
