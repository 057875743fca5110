const ESCAPED = /\\([\\.])/g;
const STAND_IN: Readonly<Record<string, string>> = { '\\': '\u0000', '.': '\u0001' };

/**
 * The keys of a dotted path: `features.export.count` -> `['features', 'export', 'count']`. A dot that belongs to a key is
 * written `\.`, a backslash `\\`: `features.report\.pdf.count` is about the feature `report.pdf`.
 */
export const keysOf = (path: string): string[] => {
  if (!path.includes('\\')) return path.split('.');
  const hidden = path.replace(ESCAPED, (_, escaped: string) => STAND_IN[escaped]!);
  return hidden.split('.').map((key) => key.replaceAll('\u0000', '\\').replaceAll('\u0001', '.'));
};

/** A key as a part of a path. */
export const escapedKey = (key: string): string => key.replace(/[\\.]/g, '\\$&');

/** The value at a path of plain data; undefined where there is none. Never a prototype's. */
export const valueAt = (data: unknown, keys: readonly string[]): unknown => {
  let value = data;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
};
