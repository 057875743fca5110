import { expect } from '@jest/globals';
import { loadScenarios, type Scenarios } from '../support/scenarios.ts';

/** Queues that functions work off. */
export const WORKERS = ['interactions', 'insights'];

let loaded: Scenarios | undefined;

/** Synthesizes for all subjects together: it takes half a minute. */
export const loadStacks = (): void => {
  loaded = loadScenarios('general');
};

/** @throws before `loadStacks` */
export const stacks = (): Scenarios => {
  if (!loaded) throw new Error('Nothing is synthesized yet');
  return loaded;
};

export const scenarios = (): Scenarios['scenarios'] => stacks().scenarios;

/** Deep partial match of one resource's properties. */
export const matching = (properties: Record<string, unknown>) => expect.objectContaining(properties);
