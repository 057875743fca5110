const REDACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:)\S+/giu, '(link removed)'],
  [
    /[\p{L}\p{N}._%+-]+\s?(?:@|＠|\(at\)|\[at\])\s?[\p{L}\p{N}-]+(?:(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?)[\p{L}\p{N}-]+)+/giu,
    '(address removed)',
  ],
  [/@[\p{L}\p{N}_]{2,}/gu, '(name removed)'],
  [
    /\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|info|biz|co|eu|de|nl|uk|fr|ru|cn|xyz|ai|me|tv)\b(?:\/\S*)?/giu,
    '(link removed)',
  ],
  [/\b(?:eyJ|sk-|pk_|ghp_|xox[bp]-|AKIA|ASIA)[\w.-]{8,}/g, '(token removed)'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '(token removed)'],
  [/\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}\b/g, '(token removed)'],
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g, '(number removed)'],
  [/(?:\+|\b00)\p{Nd}(?:[\s./()-]*\p{Nd}){6,}/gu, '(number removed)'],
  [/\p{Nd}(?:[\s/()-]?\p{Nd}){8,}/gu, '(number removed)'],
  [/\p{Nd}{7,}/gu, '(number removed)'],
];

/** Takes out of a user's text what could tell who somebody is: addresses, links, phone and account numbers, tokens. */
export const redactText = (text: string): string =>
  REDACTIONS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
