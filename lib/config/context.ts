import type { Node } from 'constructs';

/** A value of the CDK app's context as text; undefined where it is absent or empty. */
export const text = (node: Node, key: string): string | undefined => {
  const value: unknown = node.tryGetContext(key);
  return value === undefined || value === '' ? undefined : String(value);
};

/** Values between commas. */
export const list = (node: Node, key: string): string[] =>
  (text(node, key) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const positive = (node: Node, key: string, fallback: number): number => {
  const value = Number(text(node, key) ?? fallback);
  if (!(value > 0)) throw new Error(`context ${key} must be a positive number`);
  return value;
};

export const whole = (
  node: Node,
  key: string,
  fallback: number,
  { least, most }: { least: number; most: number },
): number => {
  const value = Number(text(node, key) ?? fallback);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`context ${key} must be a whole number from ${least} to ${most}`);
  return value;
};

/** One of the known words. */
export const oneOf = <T extends string>(node: Node, key: string, known: readonly T[], fallback: T): T => {
  const named = text(node, key) ?? fallback;
  const found = known.find((one) => one === named);
  if (found === undefined) throw new Error(`context ${key} must be one of ${known.join(', ')}`);
  return found;
};
