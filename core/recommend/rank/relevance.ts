/**
 * A mixed score as relevance 0-1: raw / (raw + halfScore). Rising, so the order stays; 0.5 is the best item of the median
 * user at training time, so that values mean the same for every user.
 */
export function relevance(raw: number, halfScore: number): number {
  return raw > 0 ? raw / (raw + halfScore) : 0;
}

/** Interactions of a user, or users of an item, at which half of the doubt is gone. */
const HALF_INTERACTIONS = 3;
const HALF_USERS = 20;
/** The most that a list for everybody can know about one user. */
const GENERAL_CEILING = 0.5;
/** Sources that can agree on a personal candidate: collaborative, sequential, content, interests. */
const AGREEING_SOURCES = 4;

/** Confidence 0-1 in a personal candidate: grows with the user's interactions and with the sources that agree. */
export function personalConfidence(interactions: number, agreeing: number): number {
  const evidence = (interactions + 1) / (interactions + 1 + HALF_INTERACTIONS);
  return evidence * (0.5 + (0.5 * Math.min(agreeing, AGREEING_SOURCES)) / AGREEING_SOURCES);
}

/** Confidence in an item of a list for everybody: grows with the users behind it, never above one half. */
export function generalConfidence(users: number): number {
  return (GENERAL_CEILING * users) / (users + HALF_USERS);
}
