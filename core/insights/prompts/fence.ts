import { textHash } from '../../numbers/text-hash.ts';
import type { FactSheet } from '../facts/types.ts';

/**
 * A word that stands around the texts of users. It comes from everything in the sheet, so that no text in it can know it: who
 * changes a text changes the word. Not a secret; a text that holds it by chance loses it (`withoutFence`).
 */
export const fenceOf = (sheet: FactSheet): string => {
  const all = `${sheet.hash} ${sheet.takenAt} ${JSON.stringify(sheet.facts)}`;
  return `data-${[1, 2].map((round) => textHash(`${round} ${all}`).toString(36).padStart(7, '0')).join('')}`;
};

export const withoutFence = (text: string, fence: string): string => text.replaceAll(fence, '');
