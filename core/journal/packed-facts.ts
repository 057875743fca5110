/** 48 bits, as `factHash` makes them. */
export const BYTES_PER_FACT = 6;
const LOW = 2 ** 32;

/** A ledger run holds at most this many facts: 864 bytes, which with the item's keys stays within one write unit. */
export const FACTS_PER_RUN = 144;

/** Hashes of up to 48 bits as 6 bytes each, little endian. */
export const packFacts = (facts: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(facts.length * BYTES_PER_FACT);
  const view = new DataView(bytes.buffer);
  facts.forEach((fact, index) => {
    view.setUint32(index * BYTES_PER_FACT, fact % LOW, true);
    view.setUint16(index * BYTES_PER_FACT + 4, Math.floor(fact / LOW), true);
  });
  return bytes;
};

/** The inverse of `packFacts`. */
export const unpackFacts = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts: number[] = [];
  for (let at = 0; at + BYTES_PER_FACT <= bytes.byteLength; at += BYTES_PER_FACT) {
    facts.push(view.getUint16(at + 4, true) * LOW + view.getUint32(at, true));
  }
  return facts;
};
