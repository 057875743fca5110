import type { Domain } from './types.ts';

/** What the parts of a domain may refer to. */
export type KnownNames = {
  readonly actions: ReadonlySet<string>;
  readonly contentTypes: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
  readonly pages: ReadonlySet<string>;
};

export const knownNames = (domain: Domain): KnownNames => ({
  actions: new Set(domain.actions.map(({ id }) => id)),
  contentTypes: new Set(domain.contentTypes.map(({ type }) => type)),
  metrics: new Set(domain.metrics.map(({ metric }) => metric)),
  pages: new Set(domain.pages.map(({ page }) => page)),
});
