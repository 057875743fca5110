const IDS = new Set(['decisionId', 'recommendationId', 'generationId', 'generatedAt']);

/** An answer without what differs from call to call, to hold it against the example of its contract. */
export const withoutIds = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (IDS.has(name) ? [] : [[name, withoutIds(part)]])),
  );
};
