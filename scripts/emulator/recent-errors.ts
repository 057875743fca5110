import { awsCall } from './aws-call.ts';

type Groups = { logGroups: { logGroupName: string }[]; nextToken?: string };
type Events = { events: { message: string; timestamp: number }[] };

const LINES = 6;

/** The last errors that functions wrote to their logs, newest last: what a failed step leaves to look at. */
export const recentErrors = async (url: string): Promise<string[]> => {
  const logs = awsCall(url, 'logs');
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: Groups = await logs<Groups>('DescribeLogGroups', { limit: 50, nextToken });
    names.push(...page.logGroups.map(({ logGroupName }) => logGroupName));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  const found = await Promise.all(
    names.map(
      async (logGroupName) => (await logs<Events>('FilterLogEvents', { logGroupName, limit: 1000 })).events,
    ),
  );
  return found
    .flat()
    .filter(({ message }) => /ERROR|AccessDenied|not authorized/.test(message))
    .sort((a, b) => a.timestamp - b.timestamp)
    .slice(-LINES)
    .map(({ message }) => message.trim().slice(0, 1500));
};
