import type { Config } from '../config/types.ts';
import { textHash } from '../numbers/text-hash.ts';

const hex = (value: number, digits: number): string => value.toString(16).padStart(8, '0').slice(0, digits);

/** Six hex digits for where a config is asked for: one last decision is kept for each context and device. */
export const configContext = (context: string, device: string | null): string =>
  hex(textHash(JSON.stringify([context, device])), 6);

/** What a config decision says, as far as it must be equal for the decision to be the same. */
export type SaidConfig = {
  readonly context: string;
  readonly device: string | null;
  readonly config: Config;
  readonly rules: readonly { readonly ruleId: string; readonly version: number }[];
  /** Rules that held the user out: without them the group that a rule is compared with would leave no trace. */
  readonly heldOut: readonly { readonly ruleId: string; readonly version: number }[];
  readonly arms: readonly { readonly key: string; readonly variant: string }[];
};

/** Ten hex digits for what a decision says: equal decisions have the same, others another (but for one in 10^12). */
export const configDigest = ({ context, device, config, rules, heldOut, arms }: SaidConfig): string => {
  const said = JSON.stringify([
    context,
    device,
    config,
    rules.map(({ ruleId, version }) => [ruleId, version]),
    heldOut.map(({ ruleId, version }) => [ruleId, version]),
    arms.map(({ key, variant }) => [key, variant]),
  ]);
  return hex(textHash(said), 8) + hex(textHash(`again ${said}`), 2);
};
