import type { TextStore } from '../../../core/insights/ports.ts';
import {
  askForText,
  dropTexts,
  keepText,
  noteFailedText,
  readText,
} from '../access-patterns/insight-text.ts';
import type { Database } from '../database.ts';

/** Texts of models, one item for each place where one is shown. */
export const textStore = (database: Database): TextStore => ({
  get: (userId, slot, now) => readText(database, userId, slot, now),
  ask: (userId, slot, request) => askForText(database, userId, slot, request),
  put: (userId, slot, text) => keepText(database, userId, slot, text),
  fail: (userId, slot, failure) => noteFailedText(database, userId, slot, failure),
  remove: (userId) => dropTexts(database, userId),
});
