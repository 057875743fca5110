/**
 * 32 well mixed bits of a text: FNV-1a over its UTF-16 units, then MurmurHash3's finaliser (neighbouring names would
 * otherwise have neighbouring hashes). Not for secrets.
 */
export const nameHash = (text: string, seed = 0): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};
