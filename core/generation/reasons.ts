import { rounded } from '../profile/view/curves.ts';
import type { GenerationKnown, Option } from './option.ts';
import { defaultOf } from './space.ts';
import type { GenerationPlace, ParameterDefinition, ParameterSource, ParameterValue } from './types.ts';

export type Told = {
  readonly parameter: ParameterDefinition;
  readonly best: Option;
  readonly from: ParameterSource;
  /** Best first. */
  readonly options: readonly Option[];
  readonly known: Pick<GenerationKnown, 'segment'>;
  readonly place: GenerationPlace;
};

const said = (value: ParameterValue): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'number' ? `${value}` : `"${value}"`;

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `3 outcomes with 0.92 on average` */
const average = ({ n, sum }: { n: number; sum: number }): string =>
  `${plural(n, 'outcome')} with ${rounded(sum / 1_000 / n, 2)} on average`;

/** The value that the user's outcomes or others' spoke against, where the best one has none of its own. */
const worse = ({ best, options }: Told, has: (option: Option) => number): Option | undefined =>
  options.filter((option) => option !== best && has(option) > 0).toSorted((a, b) => has(b) - has(a))[0];

const byUser = (told: Told): string => {
  const { best } = told;
  const [n, sum] = best.evidence.own;
  if (n > 0) return `${said(best.value)} went well for this user: ${average({ n, sum })}`;
  const other = worse(told, ({ evidence }) => evidence.own[0]);
  if (!other) return `${said(best.value)} is expected to do best for this user`;
  const [m, lost] = other.evidence.own;
  return `${said(other.value)} did not go well for this user (${average({ n: m, sum: lost })}): the next best`;
};

const byStated = ({ best, parameter: { title } }: Told): string => {
  const { kind = 'stated', count = 0 } = best.stated ?? {};
  if (kind === 'chosen')
    return `The user chose ${said(best.value)} or close to it in ${plural(count, 'project')}`;
  if (kind === 'engaged') return `The user engaged with ${plural(count, 'content')} of ${said(best.value)}`;
  return `${said(best.value)} is the ${title.toLowerCase()} that the user prefers`;
};

const byOthers = (told: Told, level: 'segment' | 'everybody'): string => {
  const { best, known } = told;
  const whom = level === 'segment' ? `users of the segment ${known.segment}` : 'all users';
  if (best.evidence[level].n > 0)
    return `${said(best.value)} went well for ${whom}: ${average(best.evidence[level])}`;
  return `What is usual went less well for ${whom}: the next best`;
};

/** What the user's own few outcomes say of the default; nothing where they do not speak for it. */
const alsoByUser = ({ best }: Told): string => {
  const [n, sum] = best.evidence.own;
  return n > 0 && best.estimate.user > best.estimate.segment
    ? ` and went well for this user: ${average({ n, sum })}`
    : '';
};

const byDefault = (told: Told): string => {
  const { parameter, best, place } = told;
  const { by } = defaultOf(parameter, place);
  const [what, also] = [`${parameter.title} ${said(best.value)}`, alsoByUser(told)];
  if (by === 'purpose') return `${what} suits the purpose "${place.purpose}"${also}`;
  if (by === 'device') return `${what} suits the device "${place.device}"${also}`;
  return `${what} is usual${also || '; no outcome says better yet'}`;
};

/** Why a value was chosen, as a sentence without its end. */
export const reasonOfValue = (told: Told): string => {
  if (told.from === 'user') return byUser(told);
  if (told.from === 'stated') return byStated(told);
  return told.from === 'default' ? byDefault(told) : byOthers(told, told.from);
};
