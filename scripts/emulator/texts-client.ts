import { expectStatus } from './api-client.ts';

/** Of the answers with texts what is looked at here. */
export type TextAnswer = {
  readonly userId: string;
  readonly source: 'cache' | 'computed' | 'fallback';
  readonly writtenBy: 'model' | 'rules';
  readonly reason: string;
  readonly textGeneratedAt: string | null;
  readonly domain: string;
  readonly decisionId: string;
};

type Text = { readonly title: string; readonly reason: string; readonly facts: readonly string[] };

export type Dashboard = TextAnswer & {
  readonly priorityActions: readonly Text[];
  readonly suggestedContent: readonly { readonly contentId: string; readonly reason: string }[];
  readonly marketInsights: readonly Text[];
  readonly nextBestActions: readonly { readonly action: string; readonly expiresAt: string }[];
  readonly reasons: Readonly<Record<string, string>>;
};

export type Suggestions = TextAnswer & { readonly suggestions: readonly Text[] };

export type Insights = TextAnswer & {
  readonly behaviour: readonly unknown[];
  readonly predictions: readonly { readonly name: string }[];
  readonly advice: readonly unknown[];
  readonly facts: readonly { readonly id: string; readonly says: string }[];
};

export type Updates = {
  readonly updates: readonly { readonly kind: string; readonly about: string }[];
  readonly insights: boolean;
  readonly until: string;
};

/** An answer and how long it took to come, in ms. */
export type Timed<T> = { readonly body: T; readonly headers: Headers; readonly ms: number };

/** Asks in the name of a caller. */
export type TextsClient = ReturnType<typeof textsClient>;

const DASHBOARD = '/personalization/dashboard';

export const textsClient = (apiUrl: string, token: string) => {
  const ask = async <T>(path: string, body?: unknown): Promise<Timed<T>> => {
    const started = performance.now();
    const request = body === undefined ? { token } : { method: 'POST', token, body };
    const answer = await expectStatus<T>(200, apiUrl, path, request);
    return { body: answer.body, headers: answer.headers, ms: performance.now() - started };
  };
  return {
    dashboard: (userId: string, domain?: string) =>
      ask<Dashboard>(`${DASHBOARD}/${userId}${domain === undefined ? '' : `?domain=${domain}`}`),
    insights: (userId: string) => ask<Insights>(`/personalization/insights/${userId}`),
    suggestions: (userId: string, currentPage: string) =>
      ask<Suggestions>('/personalization/suggestions', { userId, context: { currentPage } }),
    updates: (userId: string, since?: string) =>
      ask<Updates>(
        `/personalization/realtime-updates/${userId}${since === undefined ? '' : `?since=${encodeURIComponent(since)}`}`,
      ),
    refused: (status: number, userId: string, domain: string) =>
      expectStatus<{ detail?: string; errors?: { path: string; message: string }[] }>(
        status,
        apiUrl,
        `${DASHBOARD}/${userId}?domain=${domain}`,
        { token },
      ),
  };
};
