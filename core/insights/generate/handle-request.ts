import type { Domain } from '../../domains/types.ts';
import type { JournalState, JournalStore } from '../../journal/ports.ts';
import type { UserModels } from '../../learn/users/types.ts';
import type { UsersStore } from '../../profile/ports.ts';
import type { Interaction } from '../../profile/types.ts';
import type { SharedData } from '../../recommend/shared-data.ts';
import type { UpdateStore } from '../../updates/ports.ts';
import { contextFacts } from '../facts/context-facts.ts';
import { withFacts } from '../facts/fact-sheet.ts';
import { feedbackFacts } from '../facts/feedback-facts.ts';
import { marketIn } from '../facts/market-in.ts';
import type { Fact } from '../facts/types.ts';
import type { TextFailure, TextRequest, TextState, TextStore } from '../ports.ts';
import { isUnknown, type KnownUser, knownUser } from '../serve/insight-sheet.ts';
import { attemptsOf, failedText } from './back-off.ts';
import { suggestionsHash } from './text-slots.ts';
import { type WritingPorts, type WritingTask, writeText } from './write-text.ts';

/** What working off requests for texts needs. */
export type RequestPorts = {
  readonly users: UsersStore;
  readonly journal: Pick<JournalStore, 'pages'>;
  readonly shared: () => Promise<SharedData>;
  readonly userModels: () => Promise<UserModels | undefined>;
  /** Undefined for a domain that is not known any more. */
  readonly domain: (name: string) => Domain | undefined;
  readonly texts: TextStore;
  readonly updates: Pick<UpdateStore, 'put'>;
  /** Undefined where no model is set up: requests are then done without a text. */
  readonly writing: WritingPorts | undefined;
  /** An id that sorts by the time (ms) that it is given. */
  readonly newId: (at: number) => string;
};

/** What became of a request. */
export type Handled = 'written' | 'nothing to do' | TextFailure;

/** So long a model may take, in ms. */
const WRITING_MS = 25_000;

/** Feedback lies in the newest pages of the journal. */
const PAGES_LOOKED_AT = 5;

const newestInteractions = async (
  journal: Pick<JournalStore, 'pages'>,
  userId: string,
  { seq, resetSeq }: JournalState,
): Promise<Interaction[]> => {
  const fromSeq = Math.max(resetSeq + 1, seq - PAGES_LOOKED_AT + 1);
  const found: Interaction[] = [];
  if (seq < fromSeq) return found;
  for await (const page of journal.pages({ userId, fromSeq, toSeq: seq, order: 'newest first' })) {
    found.push(...page.interactions);
  }
  return found;
};

const isBeingDone = (state: TextState | undefined, hash: string, now: number): boolean => {
  if (state?.state === 'written') return state.hash === hash && state.expiresAt > now;
  return state?.state === 'failed' && state.until > now;
};

type Work = {
  readonly request: TextRequest;
  readonly domain: Domain;
  readonly known: KnownUser;
  readonly hash: string;
  /** Failures in a row before this. */
  readonly attempts: number;
  readonly now: number;
  readonly deadline: number;
};

const furtherFacts = async (
  ports: RequestPorts,
  { request, domain }: Pick<Work, 'request' | 'domain'>,
  journal: JournalState,
): Promise<readonly Fact[]> => {
  if (request.slot.purpose === 'suggestions') {
    return request.context ? contextFacts(request.context, domain) : [];
  }
  return feedbackFacts(await newestInteractions(ports.journal, request.userId, journal));
};

const tellOfInsights = async (ports: RequestPorts, { request, now }: Work): Promise<void> => {
  if (request.slot.purpose !== 'insights') return;
  await ports.updates.put(request.userId, {
    id: ports.newId(now),
    kind: 'insights',
    at: now,
    about: request.slot.domain,
    title: 'New insights were written',
  });
};

/** Writes and keeps the text, or notes on its slot why there is none and until when it is not tried again. */
const written = async (ports: RequestPorts, writing: WritingPorts, work: Work, facts: readonly Fact[]) => {
  const { request, domain, known, hash, attempts, deadline } = work;
  const { userId, slot } = request;
  const task: WritingTask<typeof slot.purpose> = {
    purpose: slot.purpose,
    userId,
    domain,
    sheet: withFacts(known.sheet, facts),
    hash,
    deadline,
  };
  const result = await writeText(writing, task);
  if (result.outcome === 'failed') {
    const { why } = result;
    await ports.texts.fail(userId, slot, failedText({ hash, why, attempts, now: writing.clock() }));
    return why;
  }
  await ports.texts.put(userId, slot, result.text);
  await tellOfInsights(ports, { ...work, now: result.text.writtenAt });
  return 'written';
};

/**
 * Works off a request for a text: the user is read anew, and the text is written from what is known now. Nothing is done where the
 * user does not allow it (any more), nothing is known, a live text of the same facts is there, or the text failed a moment ago.
 * Whatever the model does, the request is done; throws only what a store throws. `deadline`: ms since the epoch, when the work must end.
 */
export const handleTextRequest = async (
  ports: RequestPorts,
  request: TextRequest,
  { now, deadline }: { readonly now: number; readonly deadline: number },
): Promise<Handled> => {
  const { userId, slot } = request;
  const domain = ports.domain(slot.domain);
  if (!ports.writing || !domain) return 'nothing to do';
  const [marketOf, models, loaded, state] = await Promise.all([
    ports.shared().then(marketIn),
    ports.userModels(),
    ports.users.load(userId, { parts: 'head', now }),
    ports.texts.get(userId, slot, now),
  ]);
  const known = knownUser(loaded, { userId, domain, marketOf, models, now });
  if (!known.ai || isUnknown(known.sheet)) return 'nothing to do';
  const hash = request.context ? suggestionsHash(known.sheet.hash, request.context) : known.sheet.hash;
  if (isBeingDone(state, hash, now)) return 'nothing to do';
  const attempts = attemptsOf(state);
  const until = Math.min(deadline, now + WRITING_MS);
  const work = { request, domain, known, hash, attempts, now, deadline: until };
  const facts = await furtherFacts(ports, work, loaded.journal);
  return written(ports, ports.writing, work, facts);
};
