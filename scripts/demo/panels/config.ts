import { decideConfig } from '../../../contracts/config/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import type { Cell } from '../print/table.ts';
import type { Stage } from '../stage.ts';
import { plain } from './words.ts';

type Config = AnswerOf<typeof decideConfig>;

const listed = (names: readonly string[], most = 6): string => {
  if (names.length === 0) return 'none';
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** The slots of a config in words, by the path under which `reasons` names them. */
const slots = ({ config }: Config): [path: string, label: string, value: string][] => [
  ['theme', 'Theme', config.theme],
  ['layout', 'Layout', config.layout],
  ['navigation', 'Navigation', listed(config.navigation)],
  ['shortcuts', 'Shortcuts', listed(config.shortcuts)],
  ['features.hidden', 'Held back', listed(config.features.hidden)],
  ['features.highlighted', 'Pointed out', listed(config.features.highlighted)],
  ['content.difficulty', 'Difficulty', config.content.difficulty],
  ...Object.entries(config.settings).map(([name, value]): [string, string, string] => [
    `settings.${name}`,
    `Setting ${name}`,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]),
];

/** What the application looks like for this person now; changed slots are marked. Answers the decision. */
export const showConfig = async (
  stage: Stage,
  body: { context: string; device?: string },
  noted: readonly string[] = ['Layout', 'Shortcuts'],
): Promise<Config> => {
  const { body: answer, request } = await stage.asks(decideConfig, { body });
  const now = slots(answer);
  const before = stage.swap('config', Object.fromEntries(now.map(([path, , value]) => [path, value])));
  const rows = now
    .filter(([path, , value]) => value !== 'none' || (before?.[path] ?? 'none') !== 'none')
    .map(([path, label, value]) => {
      const changed = before !== undefined && before[path] !== value;
      const reason = answer.reasons[path]?.reason ?? '';
      const change: Cell = changed ? ['new', 'good'] : '';
      return [label, [value, changed ? 'good' : 'name'], change, [reason, 'quiet']] as const;
    });
  stage.page.panel(
    `The application adapts (${body.context}${body.device ? `, ${body.device}` : ''})`,
    request,
    stage.page.rows(rows, { columns: [{}, { most: 36 }] }),
  );
  for (const [, label, value] of now) if (noted.includes(label)) stage.note(label, value);
  stage.note(
    'Segments',
    answer.segments
      .slice(0, 3)
      .map(({ name }) => plain(name))
      .join(', '),
  );
  return answer;
};
