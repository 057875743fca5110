import type { Domain } from '../../core/domains/types.ts';

/** A domain as functions read it: one document, as small as JSON can be. */
export const documentOf = (domain: Domain): string => JSON.stringify(domain);
