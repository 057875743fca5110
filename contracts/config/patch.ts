import * as z from 'zod';
import { freeForm, word } from '../common.ts';
import { difficulty, layout, theme } from './values.ts';

export { difficulty, layout, theme };

const LONGEST_LIST = 100;
const OPEN_SLOT_BYTES = 4_096;

const isUnique = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** Names of features or navigation entries, in an order that counts. */
export const nameList = z.array(word).max(LONGEST_LIST).refine(isUnique, 'must name nothing twice');

const SLOT_NAMES =
  'theme, layout, features.visible, features.hidden, features.highlighted, navigation, shortcuts, content.difficulty, content.filters and settings';

const unknownSlot: z.core.$ZodErrorMap = ({ code }) =>
  code === 'unrecognized_keys'
    ? `is not a slot of the config: there are ${SLOT_NAMES}; values of your own belong under settings`
    : undefined;

/** A slot with a fixed schema may be set and left out, never deleted. */
const fixed = <T extends z.ZodType>(schema: T) => schema.optional();

/**
 * A JSON merge patch (RFC 7396) on the config: what it holds is set, what it leaves out stays, lists are replaced whole.
 * `null` deletes, and only inside of `settings` and `content.filters`: every other slot always has a value.
 */
export const configPatch = z
  .strictObject(
    {
      theme: fixed(theme),
      layout: fixed(layout),
      features: fixed(
        z.strictObject(
          { visible: fixed(nameList), hidden: fixed(nameList), highlighted: fixed(nameList) },
          { error: unknownSlot },
        ),
      ),
      navigation: fixed(nameList),
      shortcuts: fixed(nameList),
      content: fixed(
        z.strictObject(
          { difficulty: fixed(difficulty), filters: fixed(freeForm(OPEN_SLOT_BYTES)) },
          { error: unknownSlot },
        ),
      ),
      settings: fixed(freeForm(OPEN_SLOT_BYTES)),
    },
    { error: unknownSlot },
  )
  .meta({
    description:
      'JSON merge patch (RFC 7396) on the config. `null` deletes, and only inside of `settings` and `content.filters`',
  });

const setsSomething = (patch: object): boolean =>
  Object.values(patch).some((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).length > 0
      : value !== undefined,
  );

/** A patch that sets at least one slot. */
export const effectiveConfigPatch = configPatch.refine(setsSomething, {
  error: 'must set at least one slot',
  // A patch with other faults may well set something once they are mended.
  when: ({ issues }) => issues.length === 0,
});
