import type { ShownText } from './shown-texts.ts';

/** A text with an action, in the words of the contract. */
export const actionText = ({
  title,
  text,
  action = '',
  target = '',
  priority,
  reason,
  facts,
}: ShownText) => ({
  title,
  description: text,
  action,
  target,
  priority,
  reason,
  facts,
});

/**
 * A text whose place shows no titles: the title comes first, since rules name there what the body speaks of. Left out where the body says
 * the same.
 */
export const wholeText = ({ title, text }: Pick<ShownText, 'title' | 'text'>): string => {
  if (title === '' || text.toLowerCase().includes(title.toLowerCase())) return text;
  return /[.!?…]$/u.test(title) ? `${title} ${text}` : `${title}. ${text}`;
};

/** A text about markets or topics, in the words of the contract. */
export const marketText = ({ title, text, kind = 'tip', reason, facts }: ShownText) => ({
  title,
  kind,
  body: text,
  reason,
  facts,
});
