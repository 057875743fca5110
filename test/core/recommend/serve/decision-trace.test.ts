import { describe, expect, it } from '@jest/globals';
import { decisionToItem } from '../../../../adapters/dynamodb/entities/decision.ts';
import { itemBytes, WRITE_UNIT_BYTES } from '../../../../adapters/dynamodb/item-size.ts';
import { textHash } from '../../../../core/numbers/text-hash.ts';
import {
  armsOfTrace,
  type DecisionTrace,
  sameAsBefore,
  shorterTrace,
  type TraceArm,
} from '../../../../core/recommend/serve/decision-trace.ts';

const ARM: TraceArm = ['ranking', 'popular', '1gsn8z5mqg'];

const trace = (given: Partial<DecisionTrace> = {}): DecisionTrace => ({
  context: 'dashboard',
  rung: 'popular',
  source: 'computed',
  model: 1,
  shown: [1, 7],
  items: [['course-101', 900, { popular: 900 }]],
  ...given,
});

const decision = (body: DecisionTrace) => ({ decisionId: 'a.1', userId: 'ada', decidedAt: 1, body });

describe('the trace of a list', () => {
  it('is the same only under the same arms', () => {
    const under = trace({ arms: [ARM] });
    expect(sameAsBefore(decision(trace()), trace())).toBe(true);
    expect(sameAsBefore(decision(under), trace({ arms: [['ranking', 'popular', '1gsn8z5mqg']] }))).toBe(true);
    expect(sameAsBefore(decision(trace()), under)).toBe(false);
    expect(sameAsBefore(decision(under), trace())).toBe(false);
    expect(sameAsBefore(decision(under), trace({ arms: [['ranking', 'popular', 'next-round']] }))).toBe(
      false,
    );
  });

  it('keeps its arms, whatever else has to go to fit in one write unit', () => {
    const long = (n: number) => [1, 2, 3, 4].map((part) => textHash(`${n} ${part}`).toString(36)).join('');
    const items: DecisionTrace['items'] = Array.from({ length: 60 }, (_, n) => [long(n), n, { popular: n }]);
    const arms: TraceArm[] = Array.from({ length: 8 }, (_, n) => [`key-${n * 7919}`, 'popular', `line-${n}`]);
    let kept: DecisionTrace = trace({ items, arms });
    const item = decisionToItem(decision(kept), (body) => {
      kept = shorterTrace(body) ?? body;
      return shorterTrace(body);
    });
    expect(itemBytes(item)).toBeLessThanOrEqual(WRITE_UNIT_BYTES);
    expect(kept.items.length).toBeGreaterThan(0);
    expect(kept.items.length).toBeLessThan(60);
    expect([...armsOfTrace(kept)]).toEqual(arms.map(([, variant, line]) => [line, variant]));
  });
});
