import { describe, expect, it } from '@jest/globals';
import { declaredFeatures } from '../../../../core/config/features/declared-features.ts';
import { catalogItem } from '../../recommend/recommend-world.ts';

const NOW = Date.UTC(2026, 10, 21);
const about = catalogItem('about-views', {
  type: 'feature',
  title: 'About saved views',
  level: 'advanced',
  attributes: { feature: 'views' },
});
const own = catalogItem('views', {
  type: 'feature',
  title: 'Views',
  level: 'beginner',
  attributes: { navigation: 2 },
});

describe('declared features', () => {
  it('are declared once each: by the item of their id, else by the first that names them', () => {
    const views = { feature: 'views', title: 'Views', level: 'beginner', navigation: 2 };
    expect(declaredFeatures([about, own], NOW).list).toEqual([views]);
    expect(declaredFeatures([own, about], NOW).list).toEqual([views]);
    const second = catalogItem('more-views', { type: 'feature', attributes: { feature: 'views' } });
    expect(declaredFeatures([about, second], NOW).list).toEqual([
      { feature: 'views', title: 'About saved views', level: 'advanced' },
    ]);
  });
});
