import type { Decision, DecisionStore, Shorten, UserSeal } from './ports.ts';

/** What deciders need to keep their traces. */
export type TracePorts = {
  readonly decisions: Pick<DecisionStore, 'put' | 'lastInContext'>;
  /** No round trip but for a process's first. */
  readonly userSeal: () => Promise<UserSeal>;
  /** Told when a trace could not be written: its loss is never the caller's fault. */
  readonly traceLost: (error: unknown) => void;
};

/** Writes a trace; whatever comes in between is reported and never thrown. */
export const keepDecision = async <Body>(
  { decisions, traceLost }: Pick<TracePorts, 'decisions' | 'traceLost'>,
  decision: Decision<Body>,
  shorten: Shorten<Body>,
): Promise<void> => {
  try {
    await decisions.put(decision, shorten);
  } catch (error) {
    traceLost(error);
  }
};
