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

const SEGMENTS =
  '"goal_oriented","feature_explorer","power_user","desktop_focused","mobile_first","casual_user","new_user"';

/** For traces of recommendations and workflows. */
export const DECISION_DICTIONARY = frozen(
  SEGMENTS,
  '{"context":"workflow-optimizations","source":"computed","actions":,"sequences":[[["","],"nextSteps":[[""],"bestHours":[[9,0.],',
  '[10,0.],[14,0.]],"shortcuts":[["","",]],"digest":}',
  '{"newest":0,"segment":0,"popular":100,"trending":100,"affinity":10,"interests":50,"content":60,"sequential":120,"collaborative":200',
  '{"context":"content","context":"recommendations ","rung":"newest","rung":"popular","rung":"similar to the last items",',
  '"rung":"personalised hybrid","source":"precomputed","source":"computed","model":12,"segments":[["new_user",100],["mobile_first",80]],',
  '"shown":[20,4294967295],"items":[["course-1",812,{"collaborative":412,"sequential":201,"content":99}],["',
);

/** For traces of configs. */
export const CONFIG_DICTIONARY = frozen(
  SEGMENTS,
  '"America/New_York","Europe/Amsterdam","tablet","mobile","desktop","onboarding","login","settings","home","pro","team","free",true,false,',
  '"stated":{"navigation":[""],"shortcuts":[""],"hiddenFeatures":[""],"difficulty":"advanced","layout":"compact","theme":"dark"}',
  '{"c":"dashboard","d":"desktop","l":"en","z":"Europe/Berlin","s":[12,3,0],"f":{"interactions":100,"skill":"expert","skill":"advanced",',
  '"skill":"beginner","skill":"intermediate","segments":[{"name":"power_user","confidence":0.5},{"name":"new_user","confidence":1}],',
  '"nightPercent":0,"device":["desktop",100,20],"features":[["search",12],["export",3],["calendar",1]],"adopted":[1,0,0],',
  '"contentTypes":[["course",60,12],["video",75,20]],"stated":{}},"v":[null,null,null,0,1,["new_user"],"dashboard"],"g":[0],"a":[[0,"control",17]]}',
);

/** For texts of models. */
export const TEXT_DICTIONARY = frozen(
  '{"answer":{"suggestions":[{"behaviour":[{"text":"You ","facts":["feature1"]}],"predictions":[{"text":"","facts":["churn1"]}],',
  '"advice":[{"title":"","text":"","action":"","facts":["goal1"]}],"priorityActions":[{"title":"","description":"","action":"","priority":"high",',
  '"priority":"medium","priority":"low","facts":["activity1","next1","segment1"]}],"marketInsights":[{"title":"","kind":"opportunity","kind":"trend",',
  '"kind":"tip","kind":"warning","body":"","facts":["focus1","trend1"]}]},"says":{"',
  '":"Goal \\"',
  '":"Feature ',
  '"},"model":"amazon.nova-micro-v1:0","tokens":{"input":1500,"output":300},"writtenAt":17},',
);
