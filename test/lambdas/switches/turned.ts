import { jest } from '@jest/globals';
import { type Engine, startEngine } from '../../support/engine.ts';

/** An engine whose operator set this variable: settings are read once, so the Lambdas are loaded anew. */
export const engineWith = (name: string, value: string): Promise<Engine> => {
  jest.resetModules();
  process.env[name] = value;
  return startEngine();
};
