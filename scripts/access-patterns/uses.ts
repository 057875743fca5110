import * as activity from '../../adapters/dynamodb/access-patterns/activity.ts';
import * as analytics from '../../adapters/dynamodb/access-patterns/analytics.ts';
import * as assignments from '../../adapters/dynamodb/access-patterns/assignments.ts';
import * as catalog from '../../adapters/dynamodb/access-patterns/catalog.ts';
import * as snapshots from '../../adapters/dynamodb/access-patterns/catalog-snapshot.ts';
import * as decisions from '../../adapters/dynamodb/access-patterns/decision.ts';
import * as generations from '../../adapters/dynamodb/access-patterns/generations.ts';
import * as idempotency from '../../adapters/dynamodb/access-patterns/idempotency.ts';
import * as journal from '../../adapters/dynamodb/access-patterns/journal.ts';
import * as models from '../../adapters/dynamodb/access-patterns/model.ts';
import * as registry from '../../adapters/dynamodb/access-patterns/model-registry.ts';
import * as precomputed from '../../adapters/dynamodb/access-patterns/precomputed.ts';
import * as profiles from '../../adapters/dynamodb/access-patterns/profile.ts';
import * as settings from '../../adapters/dynamodb/access-patterns/settings.ts';
import * as users from '../../adapters/dynamodb/access-patterns/users.ts';
import type { Database } from '../../adapters/dynamodb/database.ts';
import { chunksToItems } from '../../adapters/dynamodb/entities/catalog-snapshot.ts';
import { answerToItem } from '../../adapters/dynamodb/entities/idempotency.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { FACTS_PER_RUN } from '../../core/journal/packed-facts.ts';
import type { JournalPage } from '../../core/journal/ports.ts';
import { achievementUses } from './achievement-uses.ts';
import { definitionUses } from './definition-uses.ts';
import { evaluationUses } from './evaluation-uses.ts';
import { homepageUses } from './homepage-uses.ts';
import { insightUses } from './insight-uses.ts';
import { learningUses } from './learning-uses.ts';
import { outcomeUses } from './outcome-uses.ts';
import * as typical from './typical.ts';
import { INTERACTIONS_PER_USER, NOW, RETENTION_MS, USER } from './typical.ts';

/** One typical use of an access pattern, in words for the table and as a call. */
export type Use = { readonly what: string; readonly run: (database: Database) => Promise<unknown> };

const HOUR = '2026-11-21T12';
const DECISION = 'a1b2c3.01JD3Q0Z7K8V5W2X9Y4A6B1C3D';
const REQUEST = { caller: `user:${USER}`, key: 'trackInteraction:01JD3Q0Z7K8V5W2X9Y4A6B1C3D' };
const HASH = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
const SEQ = INTERACTIONS_PER_USER;

const itemIds = (count: number): string[] => Array.from({ length: count }, (_, n) => `course-${n}`);

const read = async (values: AsyncIterable<unknown>, count = Number.POSITIVE_INFINITY): Promise<void> => {
  let left = count;
  for await (const _ of values) {
    left -= 1;
    if (left === 0) return;
  }
};

const page = (seq: number, interactions: number): JournalPage => ({
  seq,
  recordedAt: NOW,
  newestBefore: NOW,
  interactions: typical.typicalInteractions(USER, interactions),
});

const recommit = async (database: Database): Promise<void> => {
  const state = await journalStore({ ...database, meter: undefined }).load(USER);
  await journal.commitBehaviour(database, USER, { ...state, revision: state.revision + 1 }, state);
};

const facts = Array.from({ length: FACTS_PER_RUN }, (_, n) => n * 7_919);

const snapshotItems = itemIds(1_000).map((id, n) => typical.typicalItem(id, n));
const snapshotPointer = {
  takenAt: NOW,
  changedAt: new Date(NOW).toISOString(),
  chunks: chunksToItems(snapshotItems, NOW).length,
};

/** In this order: what deletes comes last. Every access pattern has one; the script fails where one is missing. */
export const uses: Readonly<Record<string, Use>> = {
  replaceProfile: {
    what: 'a new profile',
    run: (db) => profiles.replaceProfile(db, typical.typicalProfile, 0),
  },
  readProfile: { what: 'a profile', run: (db) => profiles.readProfile(db, USER) },
  putPrecomputed: {
    what: '50 entries',
    run: (db) => precomputed.putPrecomputed(db, USER, typical.typicalList),
  },
  exposeArms: {
    what: 'the arms of 10 experiments',
    run: (db) => assignments.exposeArms(db, USER, typical.typicalArms, []),
  },
  readAssignments: { what: '10 arms', run: (db) => assignments.readAssignments(db, USER) },
  ...outcomeUses,
  loadUser: { what: `${SEQ} interactions, strong`, run: (db) => users.loadUser(db, USER, true) },
  loadUserLedger: { what: `${SEQ} interactions, strong`, run: (db) => users.loadUserLedger(db, USER, true) },
  loadUserHead: { what: `${SEQ} interactions, strong`, run: (db) => users.loadUserHead(db, USER, true) },
  loadUserForConfig: {
    what: `${SEQ} interactions, strong`,
    run: (db) => users.loadUserForConfig(db, USER, true),
  },
  loadJournal: { what: `${SEQ} interactions`, run: (db) => users.loadJournal(db, USER) },
  placePage: {
    what: 'a page of 10 interactions',
    run: (db) => journal.placePage(db, USER, page(SEQ + 1, 10), NOW + RETENTION_MS),
  },
  readPage: { what: 'a page of 10 interactions', run: (db) => journal.readPage(db, USER, SEQ + 1) },
  readPages: {
    what: 'the newest 20 of 100 pages of 1',
    run: (db) =>
      read(journal.readPages(db, { userId: USER, fromSeq: 1, toSeq: SEQ, order: 'newest first' }, NOW), 20),
  },
  sealRun: {
    what: `${FACTS_PER_RUN} facts`,
    run: (db) => journal.sealRun(db, USER, { n: 9, throughSeq: SEQ, facts }),
  },
  commitBehaviour: { what: `${SEQ} interactions`, run: recommit },
  markUserActive: { what: 'a user', run: (db) => activity.markUserActive(db, HOUR, USER) },
  markBatchActive: {
    what: '50 users',
    run: (db) =>
      activity.markBatchActive(
        db,
        HOUR,
        'batch',
        Array.from({ length: 50 }, (_, n) => `${USER.slice(3)}${n}`),
      ),
  },
  usersActiveInHour: { what: '51 users', run: (db) => read(activity.usersActiveInHour(db, HOUR)) },
  putCatalogItem: {
    what: 'an item',
    run: (db) => catalog.putCatalogItem(db, typical.typicalItem('course-0')),
  },
  putCatalogItems: {
    what: '25 items',
    run: (db) =>
      catalog.putCatalogItems(
        db,
        itemIds(25).map((id, n) => typical.typicalItem(id, n)),
      ),
  },
  readCatalogItem: { what: 'an item', run: (db) => catalog.readCatalogItem(db, 'course-1') },
  readCatalogItems: { what: '20 items', run: (db) => catalog.readCatalogItems(db, itemIds(20)) },
  catalogItemsByType: {
    what: '20 of 25 items',
    run: (db) => read(catalog.catalogItemsByType(db, { type: 'course', limit: 20 }), 20),
  },
  catalogChanges: {
    what: '5 changes',
    run: (db) => read(catalog.catalogChanges(db, 'course', new Date(NOW + 20 * 60_000).toISOString())),
  },
  redescribeCatalogItem: {
    what: 'an item with another topic',
    run: (db) => {
      const { updatedAt, ...item } = typical.typicalItem('course-2', 2);
      const later = new Date(Date.parse(updatedAt) + 1_000).toISOString();
      const after = { ...item, topics: [...item.topics, 'contrast'], updatedAt: later };
      return catalog.redescribeCatalogItem(db, after, updatedAt);
    },
  },
  buryCatalogItem: {
    what: 'an item',
    run: async (db) => {
      const item = typical.typicalItem('course-24', 24);
      const updatedAt = new Date(NOW + 3_600_000).toISOString();
      return catalog.buryCatalogItem(db, { itemId: item.itemId, type: item.type, updatedAt }, item.updatedAt);
    },
  },
  bumpCatalog: { what: '2 types', run: (db) => catalog.bumpCatalog(db, ['course', 'video']) },
  readCatalogHead: { what: '2 types, eventual', run: (db) => catalog.readCatalogHead(db, false) },
  writeSnapshotChunks: {
    what: '1,000 items',
    run: (db) => snapshots.writeSnapshotChunks(db, chunksToItems(snapshotItems, NOW)),
  },
  pointToSnapshot: { what: 'a snapshot', run: (db) => snapshots.pointToSnapshot(db, snapshotPointer) },
  readSnapshotPointer: { what: 'a snapshot', run: (db) => snapshots.readSnapshotPointer(db, NOW) },
  readSnapshotChunks: {
    what: '1,000 items',
    run: (db) => snapshots.readSnapshotChunks(db, snapshotPointer),
  },
  publishNeighbours: {
    what: '25 items of 140 neighbours',
    run: (db) => {
      const rows = itemIds(25).map((itemId) => ({ itemId, neighbours: typical.typicalNeighbours() }));
      return models.publishNeighbours(db, rows, 1);
    },
  },
  readNeighbours: { what: '8 items', run: (db) => models.readNeighbours(db, itemIds(8), 1) },
  promoteModel: {
    what: 'a model',
    run: (db) => models.promoteModel(db, typical.typicalKept.model),
  },
  readModel: { what: 'a model', run: (db) => models.readModel(db) },
  replaceRanking: {
    what: '500 items',
    run: (db) => models.replaceRanking(db, 'popular', typical.typicalRanking),
  },
  readRankings: { what: 'one of 500 items', run: (db) => models.readRankings(db, 'popular') },
  publishPrecomputed: {
    what: '25 lists of 50',
    run: (db) => {
      const rows = itemIds(25).map((userId) => ({ userId, list: typical.typicalList }));
      return precomputed.publishPrecomputed(db, rows);
    },
  },
  traceDecision: {
    what: 'a trace of 10 items',
    run: (db) => {
      const decision = { userId: USER, decisionId: DECISION, decidedAt: NOW, body: typical.typicalTrace };
      return decisions.traceDecision(db, decision, () => undefined);
    },
  },
  traceConfig: {
    what: 'a trace, and heads of two other contexts',
    run: (db) => decisions.traceConfig(db, typical.typicalConfigDecision),
  },
  readDecision: { what: 'a trace', run: (db) => decisions.readDecision(db, USER, DECISION, NOW) },
  listDecisions: { what: 'a trace', run: (db) => decisions.listDecisions(db, USER, NOW) },
  replaceGenerations: {
    what: '50 generations with 8 parameters',
    run: (db) => generations.replaceGenerations(db, USER, typical.typicalGenerations, 0),
  },
  readGenerations: {
    what: '50 generations with 8 parameters',
    run: (db) => generations.readGenerations(db, USER),
  },
  dropGenerations: {
    what: '50 generations with 8 parameters',
    run: (db) => generations.dropGenerations(db, USER),
  },
  lastDecision: { what: 'a trace', run: (db) => decisions.lastDecision(db, USER, 'a1b2c3', NOW) },
  ...definitionUses,
  ...evaluationUses,
  ...homepageUses,
  ...insightUses,
  ...learningUses,
  ...achievementUses,
  claimRequest: { what: 'a first attempt', run: (db) => idempotency.claimRequest(db, REQUEST, HASH, NOW) },
  keepAnswer: {
    what: 'an answer of 200 bytes',
    run: (db) => idempotency.keepAnswer(db, answerToItem(REQUEST, HASH, 'x'.repeat(200), NOW) ?? {}, HASH),
  },
  readRequest: { what: 'an answer', run: (db) => idempotency.readRequest(db, REQUEST) },
  forgetRequest: {
    what: 'a failed attempt',
    run: async (db) => {
      const failed = { ...REQUEST, key: 'failed' };
      await idempotency.claimRequest({ ...db, meter: undefined }, failed, HASH, NOW);
      return idempotency.forgetRequest(db, failed);
    },
  },
  giveUpRequest: {
    what: 'an attempt that broke off',
    run: async (db) => {
      const broken = { ...REQUEST, key: 'broken' };
      await idempotency.claimRequest({ ...db, meter: undefined }, broken, HASH, NOW);
      return idempotency.giveUpRequest(db, broken);
    },
  },
  putUserModels: { what: '30 KB of JSON', run: (db) => models.putUserModels(db, typical.typicalUserModels) },
  readUserModels: { what: '30 KB of JSON', run: (db) => models.readUserModels(db) },
  putModelCard: { what: 'a card', run: (db) => registry.putModelCard(db, typical.typicalCard) },
  readModelCard: { what: 'a card', run: (db) => registry.readModelCard(db, typical.typicalCard) },
  listModelCards: { what: 'one card', run: (db) => registry.listModelCards(db, { limit: 20, now: NOW }) },
  keepModel: {
    what: 'a model with 3 rankings of 500 items',
    run: (db) => registry.keepModel(db, typical.typicalKept),
  },
  listKeptVersions: { what: 'one version', run: (db) => registry.listKeptVersions(db) },
  readKeptModel: {
    what: 'a model with 3 rankings of 500 items',
    run: (db) => registry.readKeptModel(db, typical.typicalKept.model.version),
  },
  restoreModel: {
    what: 'a model',
    run: (db) => registry.restoreModel(db, typical.typicalKept.model, typical.typicalKept.model.version),
  },
  forgetKeptModel: { what: 'a model', run: (db) => registry.forgetKeptModel(db, 1) },
  replaceReport: {
    what: '90 days',
    run: (db) => analytics.replaceReport(db, 'activity', typical.typicalReport),
  },
  readReport: { what: '90 days', run: (db) => analytics.readReport(db, 'activity') },
  makeSecretKey: { what: 'a key', run: (db) => settings.makeSecretKey(db, 'cursor', HASH) },
  readSecretKey: { what: 'a key', run: (db) => settings.readSecretKey(db, 'cursor') },
  allUsers: {
    what: 'one of 8 segments of this table',
    run: (db) => read(activity.allUsers(db, { segment: 0, total: 8 }, NOW)),
  },
  dropPrecomputed: { what: 'a list', run: (db) => precomputed.dropPrecomputed(db, USER) },
  dropPages: { what: '101 pages', run: (db) => journal.dropPages(db, USER, SEQ + 1) },
  dropRuns: { what: 'a ledger of 3 runs', run: (db) => journal.dropRuns(db, USER, SEQ) },
};
