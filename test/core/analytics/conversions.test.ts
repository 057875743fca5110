import { describe, expect, it } from '@jest/globals';
import { CONVERSION_TYPES, conversionValue, isConversion } from '../../../core/analytics/conversions.ts';
import { isKnownType, strengthOf } from '../../../core/profile/fold/signal-table.ts';

describe('a conversion', () => {
  it('is a purchase, a subscription, something finished; and content of which nearly all was consumed', () => {
    for (const type of ['purchase', 'subscribe', 'sign_up', 'converted', 'complete', 'book', 'submit']) {
      expect([type, isConversion({ type })]).toEqual([type, true]);
    }
    expect(isConversion({ type: 'watch', completionRate: 0.95 })).toBe(true);
    expect(isConversion({ type: 'watch', completionRate: 0.94 })).toBe(false);
  });

  it('is nothing that only prepares, undoes or dislikes', () => {
    for (const type of [
      'view',
      'click',
      'add_to_cart',
      'checkout',
      'start',
      'like',
      'refund',
      'cancel',
      '',
    ]) {
      expect([type, isConversion({ type })]).toEqual([type, false]);
    }
  });

  it('is something that also counts as a strong preference', () => {
    const weak = [...CONVERSION_TYPES].filter((type) => isKnownType(type) && strengthOf(type) < 3);
    expect(weak).toEqual([]);
  });

  it('brings the value that it names', () => {
    expect(conversionValue({ type: 'purchase', value: 12.5 })).toBe(12.5);
    expect(conversionValue({ type: 'purchase' })).toBe(0);
    expect(conversionValue({ type: 'purchase', value: -4 })).toBe(0);
    expect(conversionValue({ type: 'watch', completionRate: 1, value: 7 })).toBe(0);
  });
});
