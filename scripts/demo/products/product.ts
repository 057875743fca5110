import type { Stage } from '../stage.ts';

/** A product's week: who plays in it, and what happens. */
export type Product = {
  /** The domain's folder. */
  readonly name: string;
  readonly title: string;
  readonly premise: string;
  readonly person: { readonly name: string; readonly timezone: string };
  play(stage: Stage): Promise<void>;
};
