import { getInsights } from '../../contracts/insights/endpoints.ts';
import { type Client, createClient } from './client.ts';
import { expect } from './fault.ts';
import { pageOn } from './print/page.ts';
import type { Paper } from './print/paper.ts';
import type { Product } from './products/product.ts';
import { stageFor } from './stage.ts';
import { weekUntil } from './week.ts';

type Play = {
  readonly product: Product;
  /** Of the server, with the base path. */
  readonly url: string;
  readonly paper: Paper;
  /** Letters and digits that no other run has. */
  readonly run: string;
  readonly now: number;
  readonly pause: () => Promise<void>;
};

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Texts, achievements and parameters are those of the product that a server was started with. */
const isServerOf = async (client: Client, { name }: Product, userId: string, url: string): Promise<void> => {
  const { body } = await client.call(getInsights, { params: { userId } });
  expect(
    body.domain === name,
    `${url} serves the product ${body.domain}. Start one for ${name}: ATTUNE_DOMAIN=${name} DATA_DIR=.attune-${name} npm start`,
  );
};

/** Plays a product's week against a server that answers, and prints it. @throws DemoFault where something does not answer as it should. */
export const play = async ({ product, url, paper, run, now, pause }: Play): Promise<void> => {
  const person = { ...product.person, id: `${product.person.name.toLowerCase()}-${run}` };
  const client = await createClient(url, person.id);
  await isServerOf(client, product, person.id, url);
  const page = pageOn(paper);
  const started = performance.now();
  page.opening(product.title, product.premise, [
    ['User', `${person.id}, who has never been here`],
    ['Server', url],
    ['Time', 'the last seven days; the engine is told when things happened, and answers as of now'],
    ['Signs', '▸ what is done · new ▲ ▼ what changed since it was shown last · .73 a score from 0 to 1'],
  ]);
  const week = weekUntil(now, person.timezone);
  const { stage, cleanUp } = stageFor({ person, page, client, run, week, pause });
  try {
    await product.play(stage);
  } finally {
    await cleanUp();
  }
  page.summary(`What a week changed for ${person.name}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  page.closing(
    `${client.took.length} requests in ${seconds} s, half of them within ${middle(client.took).toFixed(0)} ms. Every answer was as its contract says.`,
  );
};
