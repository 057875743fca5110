import { BadInput } from '../evaluate/bad-input.ts';
import type { AnalyzeOptions, AskedMetric } from './options.ts';

/** Where in a row everything stands. */
export type Columns = {
  readonly unit: number;
  readonly arm: number;
  readonly metrics: readonly {
    readonly at: number;
    readonly asked: AskedMetric;
    readonly covariate?: number;
  }[];
};

const checkHeader = (header: readonly string[], file: string): void => {
  const twice = header.find((name, at) => header.indexOf(name) < at);
  if (twice !== undefined) throw new BadInput(`${file}: the header names ${JSON.stringify(twice)} twice`);
};

/** The covariate's column of one metric: one that was named for it, else the one for all. */
const covariateOf = (
  metric: string,
  covariates: readonly string[],
  header: readonly string[],
): string | undefined => {
  const prefix = `${metric}=`;
  const own = covariates.findLast((text) => text.startsWith(prefix) && !header.includes(text));
  return own?.slice(prefix.length) ?? covariates.findLast((text) => header.includes(text));
};

const isKnown = (text: string, { metrics }: AnalyzeOptions, header: readonly string[]): boolean =>
  header.includes(text) ||
  metrics.some(
    ({ column }) => text.startsWith(`${column}=`) && header.includes(text.slice(column.length + 1)),
  );

/** @throws BadInput for a name twice in the header and for a column that is not there */
export const columnsOf = (header: readonly string[], options: AnalyzeOptions): Columns => {
  const { file } = options;
  checkHeader(header, file);
  const at = (column: string): number => {
    const place = header.indexOf(column);
    if (place >= 0) return place;
    throw new BadInput(`${file}: no column ${JSON.stringify(column)}; there are ${header.join(', ')}`);
  };
  for (const text of options.covariates) if (!isKnown(text, options, header)) at(text);
  const metrics = options.metrics.map((asked) => {
    const covariate = covariateOf(asked.column, options.covariates, header);
    return {
      at: at(asked.column),
      asked,
      ...(covariate !== undefined && { covariate: at(covariate) }),
    };
  });
  return { unit: at(options.unit), arm: at(options.arm), metrics };
};
