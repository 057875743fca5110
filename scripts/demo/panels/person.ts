import { getProfile } from '../../../contracts/profile/endpoints.ts';
import type { Stage } from '../stage.ts';
import { bar, percent, plain } from './words.ts';

/** What the engine makes of the person: segments, level, churn. Answers the profile. */
export const showPerson = async (stage: Stage) => {
  const { body, request } = await stage.asks(getProfile, { params: { userId: stage.person.id } });
  const before = stage.swap(
    'segments',
    Object.fromEntries(body.segments.map((one) => [one.name, one.confidence])),
  );
  const segments = body.segments.map(({ name, confidence }) => {
    const was = before?.[name];
    const change = before === undefined ? '' : was === undefined ? 'new' : '';
    return [
      plain(name),
      [bar(confidence), 'number'],
      `${percent(confidence)} sure`,
      [change, 'good'],
    ] as const;
  });
  const gone = Object.keys(before ?? {}).filter((name) => !body.segments.some((one) => one.name === name));
  stage.page.panel(`What Attune makes of ${stage.person.name}`, request, [
    ...stage.page.rows(segments),
    ...stage.page.words(
      [
        `Level ${body.skillLevel}, engagement ${body.engagementLevel} of 5, known to ${body.personalizationScore} of 100.`,
        gone.length > 0 ? `No longer: ${gone.map(plain).join(', ')}.` : '',
        `Risk of leaving ${percent(body.churn.risk)}${body.churn.factors[0] ? `: ${body.churn.factors[0].detail}` : ''}.`,
      ].join(' '),
    ),
  ]);
  stage.note('Known to', `${body.personalizationScore} of 100`);
  stage.note('Engagement', `${body.engagementLevel} of 5`);
  stage.note('Level', body.skillLevel);
  return body;
};
