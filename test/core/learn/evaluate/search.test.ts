import { describe, expect, it } from '@jest/globals';
import { coordinateSearch } from '../../../../core/learn/evaluate/search.ts';

type Params = { x: number; y: number };

const hill = ({ x, y }: Params) => -((x - 3) ** 2) - 0.5 * (y - x) ** 2;
const axes = [
  { name: 'x', values: [0, 1, 2, 3, 4] },
  { name: 'y', values: [0, 1, 2, 3, 4] },
] as const;

describe('coordinate search', () => {
  it('climbs along the axes in turn and tries nothing twice', () => {
    const { params, tried } = coordinateSearch<Params>({
      start: { x: 0, y: 0 },
      axes,
      fixed: {},
      qualityOf: hill,
      rounds: 9,
    });
    expect(params).toEqual({ x: 3, y: 3 });
    expect(new Set(tried.map((trial) => JSON.stringify(trial.params))).size).toBe(tried.length);
  });

  it('leaves fixed parameters alone, even at values that no axis has', () => {
    const { params, tried } = coordinateSearch<Params>({
      start: { x: 0, y: 0 },
      axes,
      fixed: { y: 1.25 },
      qualityOf: hill,
      rounds: 2,
    });
    expect(params).toEqual({ x: 2, y: 1.25 });
    expect(tried.every((trial) => trial.params.y === 1.25)).toBe(true);
  });

  it('keeps where it began when nothing is better', () => {
    const start = { x: 1, y: 1 };
    const { params } = coordinateSearch<Params>({ start, axes, fixed: {}, qualityOf: () => 0.5, rounds: 3 });
    expect(params).toEqual(start);
  });
});
