const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16)}`;

/**
 * A value as JSON for a queue. Characters beyond U+FFFF are written as escapes: the same JSON, in text that every queue
 * takes (SQS refuses some characters, and the embedded queue all that lie beyond U+FFFF).
 */
export const messageText = (value: unknown): string =>
  JSON.stringify(value).replace(/[\uD800-\uDFFF\uFFFE\uFFFF]/g, escaped);
