import type { Interaction } from '../../../core/profile/types.ts';

/** One or two letters per field: they never change their meaning, since stored pages live for the whole retention. */
const SHORT = {
  interactionId: 'i',
  type: 't',
  contentId: 'c',
  contentType: 'ct',
  feature: 'f',
  value: 'v',
  rating: 'r',
  completionRate: 'cr',
  durationMs: 'd',
  scrollDepth: 'sd',
  clicksCount: 'n',
  feedback: 'fb',
  sentiment: 'st',
  sessionId: 's',
  device: 'dv',
  context: 'x',
  recommendationId: 'ri',
  decisionId: 'di',
  position: 'p',
} as const satisfies Partial<Record<keyof Interaction, string>>;

type Field = keyof typeof SHORT;

const FIELDS = Object.keys(SHORT) as Field[];

/** Times are kept as distances to the page's own time (`o` occurred, `a` received), which are short numbers. */
export type PackedInteraction = Record<string, unknown> & { readonly o: number; readonly a?: number };

export const packInteraction = (interaction: Interaction, recordedAt: number): PackedInteraction => {
  const packed: Record<string, unknown> = {};
  for (const field of FIELDS) {
    if (interaction[field] !== undefined) packed[SHORT[field]] = interaction[field];
  }
  const a = interaction.receivedAt - recordedAt || undefined;
  return { ...packed, o: interaction.occurredAt - recordedAt, a };
};

export const unpackInteraction = (
  packed: PackedInteraction,
  userId: string,
  recordedAt: number,
): Interaction => {
  const fields: Record<string, unknown> = {};
  for (const field of FIELDS) {
    if (packed[SHORT[field]] !== undefined) fields[field] = packed[SHORT[field]];
  }
  const times = { occurredAt: recordedAt + packed.o, receivedAt: recordedAt + (packed.a ?? 0) };
  return { ...fields, userId, ...times } as unknown as Interaction;
};
