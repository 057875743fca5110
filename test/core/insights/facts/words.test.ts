import { describe, expect, it } from '@jest/globals';
import { metricName, spoken } from '../../../../core/insights/facts/words.ts';
import { aDomain } from '../../../support/insights.ts';

describe('names of actions', () => {
  it.each([
    ['view:course', 'view course'],
    ['call_lead:lead', 'call lead'],
    ['publish_listing:listing', 'publish listing'],
    ['schedule_open_house:open_house', 'schedule open house'],
    ['consultation_booked:consultation', 'consultation booked'],
    ['open:market_report', 'open market report'],
    ['relist:list', 'relist list'],
    ['search', 'search'],
    ['a:b:c', 'a b c'],
    [':', ''],
  ])('%s is spoken as "%s"', (name, said) => {
    expect(spoken(name)).toBe(said);
  });
});

describe('metrics of goals', () => {
  const domain = aDomain({ metrics: [{ metric: 'publish_listing', one: 'listing', many: 'listings' }] });

  it.each([
    ['Publish Listing', 'publish_listing'],
    ['publish-listing', 'publish_listing'],
    ['Call Lead', 'call_lead'],
    ['feature:Market Report', 'feature:Market Report'],
  ])('"%s" is %s in facts', (written, name) => {
    expect(metricName(domain, written)).toBe(name);
  });
});
