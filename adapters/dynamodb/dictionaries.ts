/**
 * What stored JSON is likely to repeat, for `packJson`. Frozen: rows that were packed with a dictionary can be read with
 * that very text only. A better one gets another name, and its rows another `v`.
 */
const frozen = (...parts: readonly string[]): Uint8Array => new TextEncoder().encode(parts.join(''));

/** Names of types, contents and devices that most tenants use. The likeliest stand last: near is cheap. */
const WORDS =
  '"purchase","add_to_cart","bookmark","dismiss","search","share","like","complete","click","view",' +
  '"lesson","product","property","page","post","listing","course","video","article","desktop","tablet","mobile"';

/** For journal pages. */
export const PAGE_DICTIONARY = frozen(
  WORDS,
  '"x":{"page":"/","source":""},"ri":"","p":1,"st":0,"fb":"","n":1,"sd":0.5,"cr":0.5,"r":5,"v":1,"f":"","o":0},',
  '{"o":-60000},{"i":"01K","t":"click","c":"item-","ct":"video","d":120000,"s":"","dv":"mobile","o":0}]',
  '},{"i":"01K","t":"view","c":"item-","ct":"article","d":30000,"o":-',
);

/** For behaviours. */
export const BEHAVIOUR_DICTIONARY = frozen(
  WORDS,
  '{"interactions":,"firstAt":1797,"lastAt":1797,"completions":,"featureUses":,"types":[["click",,"view",0]],',
  '"features":[],"contentTypes":[["article"]],"devices":[["desktop","mobile"]],',
  '"hours":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],"weeks":[2972,[0,0,0,0,0,0,0,0,0,0,0,0]],',
  '"sessions":,"sessionDays":[[],"engagement":[0,0,0],"ratings":[0,0],"sentiments":[0,0],',
  '"recent":[[86400000,60000,"view","","article",""]]}',
);
