import { type Answer, expectStatus } from './api-client.ts';
import type { Person } from './sign-in.ts';

/** How soon instances must have seen a change of rules or experiments. */
export const RULES_SEEN_MS = 10_000;

export type Rule = { readonly ruleId: string; readonly version: number };

/** Of the answer of `POST /personalization/config` what is looked at here. */
export type ConfigAnswer = {
  readonly config: { readonly theme: string; readonly settings: Readonly<Record<string, unknown>> };
  readonly reasons: Readonly<Record<string, { readonly source: string; readonly by?: string }>>;
  readonly appliedRules: readonly { readonly ruleId: string }[];
  readonly experiments: readonly { readonly key: string; readonly variant: string }[];
  readonly decisionId: string;
};

/** Who asks for a config, with what their application knows of them. */
export type Asked = { readonly apiUrl: string; readonly person: Person; readonly plan: string };

type Expected = { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

export const askConfig = (
  { apiUrl, person, plan }: Asked,
  { status = 200, headers }: Expected = {},
): Promise<Answer<ConfigAnswer>> =>
  expectStatus<ConfigAnswer>(status, apiUrl, '/personalization/config', {
    method: 'POST',
    token: person.token,
    body: { context: 'dashboard', device: 'desktop', attributes: { plan } },
    headers,
  });
