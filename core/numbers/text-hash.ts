/** FNV-1a over UTF-16 code units, 32 bits, unsigned (Fowler, Noll, Vo). For grouping, never for security. */
export const textHash = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};
