/**
 * Ids of decisions, as clients see them: `<context>.<time and chance>[.<sealed user>]`. Without the sealed user it is the
 * bare id, which names the trace below its user in the table.
 *
 * - recommendations and workflows: six hex digits of the place that asked, then 26 characters;
 * - configs: `cfg`, then 18 characters.
 */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const [CHANCE_LENGTH, CONFIG_CHANCE_LENGTH] = [16, 8];

const BARE = '[0-9a-f]{6}\\.[0-9A-Z]{26}|cfg\\.[0-9A-Z]{18}';
/** The id of a recommendation is that of its decision with the position behind it: it names the decision too. */
const POSITION = '\\.\\d{1,5}';
const WHOLE = new RegExp(`^(${BARE})(?:\\.([A-Za-z0-9_-]{10,}))?(?:${POSITION})?$`);

/** Longest id of api.md section 1, and room for the position of a recommendation behind it. */
const LONGEST = 128;
const POSITION_ROOM = '.99999'.length;

/** How ids of config decisions begin. */
export const CONFIG_ID = 'cfg.';

/** A time (ms) as the ten digits in base 32 that ULIDs begin with (https://github.com/ulid/spec): they sort as times do. */
export const timeText = (ms: number): string => {
  let [rest, text] = [Math.floor(ms), ''];
  for (let digit = 0; digit < TIME_LENGTH; digit += 1) {
    text = (DIGITS[rest % 32] ?? '0') + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

const timeIn = (text: string): number =>
  [...text.slice(0, TIME_LENGTH)].reduce((sum, digit) => sum * 32 + Math.max(0, DIGITS.indexOf(digit)), 0);

/** The end of an id, in digits of base 32 only. */
const chanceOf = (id: string, length: number): string =>
  [...id.toUpperCase().slice(-length)]
    .map((digit) => (DIGITS.includes(digit) ? digit : '0'))
    .join('')
    .padStart(length, '0');

/**
 * A bare id of a decision of this context (six hex digits), which sorts by `now` (ms) also where `newId` follows from an
 * idempotency key and not from the time.
 */
export const newDecisionId = (context: string, now: number, newId: () => string): string =>
  `${context}.${timeText(now)}${chanceOf(newId(), CHANCE_LENGTH)}`;

/** The bare id of a config decision from the time (ms) and the chance (eight digits of base 32) in it. */
export const configDecisionId = (decidedAt: number, chance: string): string =>
  `${CONFIG_ID}${timeText(decidedAt)}${chance}`;

/** A bare id of a config decision; unique within its user. */
export const newConfigDecisionId = (now: number, newId: () => string): string =>
  configDecisionId(now, chanceOf(newId(), CONFIG_CHANCE_LENGTH));

/** When a config decision was taken (ms since the epoch), and the chance in its bare id. */
export const partsOfConfigId = (decisionId: string): { decidedAt: number; chance: string } => {
  const random = decisionId.slice(CONFIG_ID.length);
  return { decidedAt: timeIn(random), chance: random.slice(TIME_LENGTH) };
};

/** When any decision was taken (ms since the epoch), from its bare id. */
export const decisionTime = (bareId: string): number => timeIn(bareId.slice(bareId.indexOf('.') + 1));

/** The whole id: with the sealed user, where that fits. */
export const wholeDecisionId = (bare: string, sealed: string): string =>
  sealed !== '' && bare.length + 1 + sealed.length + POSITION_ROOM <= LONGEST ? `${bare}.${sealed}` : bare;

/** The parts of a whole id, or of one of the recommendations in it; undefined where it is none of a decision. */
export const parseDecisionId = (id: string): { bare: string; sealed: string | undefined } | undefined => {
  const match = WHOLE.exec(id);
  return match ? { bare: match[1]!, sealed: match[2] } : undefined;
};
