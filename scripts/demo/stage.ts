import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { trackInteraction } from '../../contracts/tracking/endpoints.ts';
import type { AnswerOf, Ask, Asked, Client } from './client.ts';
import type { Page } from './print/page.ts';
import { DAYS, type Week } from './week.ts';

/** The person whose week is played. */
export type Person = { readonly id: string; readonly name: string; readonly timezone: string };

/** An interaction as the walk-through writes it; when, whose and in which visit is filled in. */
export type Step = Omit<z.input<typeof trackInteraction.request.body>, 'userId' | 'occurredAt'>;

/** What a product's week is told with. */
export type Stage = {
  readonly person: Person;
  readonly page: Page;
  readonly client: Client;
  /** Differs from run to run: part of names that must not meet those of another run. */
  readonly run: string;
  /** Begins the next day: its title, and from which hour (UTC) the person is there. */
  day(title: string, hour?: number): Promise<void>;
  /** What happens, in a sentence. */
  tell(text: string): void;
  /** The person does something: one request per step. Answers what the last one answered. */
  does(what: string, steps: readonly Step[]): Promise<AnswerOf<typeof trackInteraction>>;
  /** The same steps with their moments, for a request that carries many. */
  timed(steps: readonly Step[]): (Step & { readonly sessionId: string; readonly occurredAt: string })[];
  /** The next moments of the day. */
  moments(count: number): string[];
  /** Somebody sends something, told in one line. */
  sends<E extends EndpointShape>(what: string, endpoint: E, ask: Ask<E>): Promise<AnswerOf<E>>;
  /** Asks without telling; whoever shows the answer tells. */
  asks<E extends EndpointShape>(endpoint: E, ask: Ask<E>): Promise<Asked<E>>;
  /** Keeps a value under a name; answers the one that was kept before. */
  swap<T>(name: string, value: T): T | undefined;
  /** Asks again until it is as it should be, for some seconds: so long may a change of rules take to be seen. */
  until<T>(probe: () => Promise<T>, isThere: (answer: T) => boolean): Promise<void>;
  wait(seconds: number): Promise<void>;
  /** What is undone at the end, so that a server of others is left as it was. */
  afterwards(undo: () => Promise<unknown>): void;
  /** Keeps a figure for the end of the week: the first and the last one are shown. */
  note(label: string, value: string): void;
};

const PATIENCE_MS = 15_000;
const MINUTE_MS = 60_000;
const STEP_MS = 2 * MINUTE_MS;

type Setting = {
  readonly person: Person;
  readonly page: Page;
  readonly client: Client;
  readonly run: string;
  readonly week: Week;
  /** Waits between two days. */
  readonly pause: () => Promise<void>;
};

/** Builds the stage; time passes on it from day to day, by two minutes a step. */
export const stageFor = ({ person, page, client, run, week, pause }: Setting) => {
  const undoings: (() => Promise<unknown>)[] = [];
  let [day, hour, after] = [0, 8, 0];
  const kept = new Map<string, unknown>();
  const occurredAt = (lasting: number): string => {
    after += STEP_MS + lasting;
    return week.moment(day, hour, after);
  };
  const timed: Stage['timed'] = (steps) =>
    steps.map((step) => ({
      sessionId: `visit-${day}`,
      ...step,
      occurredAt: occurredAt(Math.min(step.durationMs ?? 0, 30 * MINUTE_MS)),
    }));
  const stage: Stage = {
    ...{ person, page, client, run },
    day: async (title, from = 8) => {
      if (day > 0) await pause();
      day += 1;
      [hour, after] = [from, 0];
      page.day(`Day ${day} of ${DAYS}`, week.title(day), title);
    },
    tell: (text) => page.tell(text),
    does: async (what, steps) => {
      let answer: Asked<typeof trackInteraction> | undefined;
      for (const body of timed(steps)) answer = await client.call(trackInteraction, { body });
      if (answer === undefined) throw new Error('a person who does something takes at least one step');
      page.action(what, answer.request, { times: steps.length, status: answer.status });
      return answer.body;
    },
    timed,
    moments: (count) => Array.from({ length: count }, () => occurredAt(0)),
    sends: async (what, endpoint, ask) => {
      const { request, status, body } = await client.call(endpoint, ask);
      page.action(what, request, { status, as: ask.as });
      return body;
    },
    asks: (endpoint, ask) => client.call(endpoint, ask),
    swap: <T>(name: string, value: T) => {
      const before = kept.get(name) as T | undefined;
      kept.set(name, value);
      return before;
    },
    until: async (probe, isThere) => {
      const end = Date.now() + PATIENCE_MS;
      while (!isThere(await probe()) && Date.now() < end) await sleep(500);
    },
    wait: (seconds) => sleep(seconds * 1_000),
    afterwards: (undo) => void undoings.push(undo),
    note: (label, value) => page.note(label, value),
  };
  const cleanUp = async (): Promise<void> => {
    for (const undo of undoings.splice(0).reverse()) await undo();
  };
  return { stage, cleanUp };
};
