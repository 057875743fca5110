import type { Change, ChangeAction } from './types.ts';

/** Who changes something, when, and why where that is said. */
export type Author = {
  /** `sub` of the caller. */
  readonly sub: string;
  /** ms since the epoch */
  readonly now: number;
  readonly reason?: string;
};

/** What is to become of a definition. */
export type Intent<Body> = { readonly action: ChangeAction; readonly body: Body | null };

/** Earlier versions that a definition remembers. */
export const EARLIER_KEPT = 200;

type Place<Body> = {
  readonly id: string;
  readonly setVersion: number;
  /** The newest change of the same definition. */
  readonly before: Change<Body> | undefined;
  readonly by: Author;
};

/** The next change of a definition. */
export const changeOf = <Body>(
  { action, body }: Intent<Body>,
  { id, setVersion, before, by }: Place<Body>,
): Change<Body> => {
  const earlier = before ? [[before.version, before.setVersion] as const, ...before.earlier] : [];
  return {
    setVersion,
    id,
    version: (before?.version ?? 0) + 1,
    action,
    body,
    createdAt: before?.createdAt ?? by.now,
    changedAt: by.now,
    changedBy: by.sub,
    ...(by.reason === undefined ? {} : { reason: by.reason }),
    earlier: earlier.slice(0, EARLIER_KEPT),
  };
};
