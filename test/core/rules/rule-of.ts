import type { Rule, RuleAsk, RuleBody, RuleData } from '../../../core/rules/types.ts';

/** A rule in force; everybody meets it unless something else is said. */
export const ruleOf = (id: string, body?: Partial<RuleBody>, createdAt = 0): Rule => ({
  setVersion: 1,
  id,
  version: 1,
  action: 'created',
  body: { name: id, enabled: true, priority: 0, contexts: [], condition: true, actions: {}, ...body },
  createdAt,
  changedAt: createdAt,
  changedBy: 'root',
  earlier: [],
});

/** Someone who asks on the dashboard, in UTC. */
export const askOf = (data: RuleData, ask?: Partial<RuleAsk>): RuleAsk => ({
  userId: 'ada',
  context: 'dashboard',
  now: Date.parse('2026-11-21T12:00:00Z'),
  timezone: 'UTC',
  data,
  arms: new Map(),
  holdouts: true,
  ...ask,
});
