import { decideGenerationParams } from '../../../contracts/generation/endpoints.ts';
import { expect } from '../fault.ts';
import type { Cell } from '../print/table.ts';
import type { Stage } from '../stage.ts';
import { percent, share } from './words.ts';

/** The parameters for the next video of this person, what changed in them, and on whose experience each rests. */
export const showParameters = async (stage: Stage, context: { purpose: string; device: string }) => {
  const { body, request } = await stage.asks(decideGenerationParams, { body: { context } });
  expect(Object.keys(body.parameters).length > 0, `${request} chose no parameter`);
  const place = `${context.purpose}, ${context.device}`;
  const before = stage.swap(`parameters ${place}`, body.parameters);
  const rows = Object.entries(body.parameters).map(([name, value]) => {
    const why = body.reasons[name];
    const changed = before !== undefined && before[name] !== value;
    const change: Cell = changed ? ['new', 'good'] : '';
    return [
      name,
      [String(value), changed ? 'good' : 'name'],
      [why === undefined ? '' : share(why.expected), 'number'],
      change,
      [why === undefined ? '' : `${why.from}: ${why.reason}`, 'quiet'],
    ] as const;
  });
  stage.page.panel(`The next video (${place})`, request, [
    ...stage.page.rows(rows),
    ...stage.page.words(`Confidence of the whole: ${percent(body.confidence)}.`),
  ]);
  stage.note(`Style (${place})`, String(body.parameters.visualStyle));
  stage.note(`Confidence (${place})`, percent(body.confidence));
  return body;
};
