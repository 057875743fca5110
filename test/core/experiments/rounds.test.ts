import { describe, expect, it } from '@jest/globals';
import { isUsedSeed, lineOf, lineOfRound } from '../../../core/experiments/rounds.ts';
import { experimentBody } from '../../support/experiments.ts';

describe('rounds', () => {
  it('have a line of their own for each seed, the key where none is given', () => {
    const body = experimentBody({ key: 'quiet-dashboard' });
    const first = lineOfRound({ id: 'one', body });
    expect(first).toBe(lineOf('one', 'quiet-dashboard'));
    expect(first).toMatch(/^[0-9a-z]{1,11}$/);
    const others = [
      { id: 'one', body: { ...body, seed: 'second' } },
      { id: 'two', body },
    ];
    expect(new Set([first, ...others.map(lineOfRound)]).size).toBe(3);
  });

  it('know the seeds that were used, those of drafts aside', () => {
    const versions = [
      { body: experimentBody({ status: 'draft', seed: 'tried' }) },
      { body: null },
      { body: experimentBody({ key: 'quiet-dashboard', status: 'running' }) },
    ];
    expect(isUsedSeed(versions, 'tried')).toBe(false);
    expect(isUsedSeed(versions, 'quiet-dashboard')).toBe(true);
  });
});
