import {
  lastDecision,
  listDecisions,
  readDecision,
  traceConfig,
  traceDecision,
} from '../access-patterns/decision.ts';
import type { Database } from '../database.ts';
import type { DecisionStore, Shorten } from '../store-types.ts';

/** Traces of decisions, by user. */
export const decisionStore = (database: Database): DecisionStore => ({
  put: (decision, shorten) => traceDecision(database, decision, shorten as Shorten<unknown>),
  putConfig: (decision) => traceConfig(database, decision),
  get: (userId, decisionId, now) => readDecision(database, userId, decisionId, now),
  list: (userId, now) => listDecisions(database, userId, now),
  lastInContext: (userId, contextHash, now) => lastDecision(database, userId, contextHash, now),
});
