/** A fact as a model reads it in the prompt. */
export type ReadFact = { readonly id: string; readonly kind: string; readonly says: string };

/** What a model can know: what stands in the prompt. */
export type ReadPrompt = {
  readonly facts: readonly ReadFact[];
  readonly actions: readonly string[];
  /** Texts between the fences, by `<fact>.<field>`. */
  readonly texts: ReadonlyMap<string, string>;
};

const WITHHELD = /^\(text withheld\)$/;

const between = (lines: readonly string[], begin: RegExp, end: RegExp): readonly string[] => {
  const from = lines.findIndex((line) => begin.test(line));
  if (from < 0) return [];
  const to = lines.findIndex((line, at) => at > from && end.test(line));
  return lines.slice(from + 1, to < 0 ? undefined : to);
};

const fencedText = (line: string): [string, string] => {
  const at = line.indexOf(' ');
  return [line.slice(0, at), JSON.parse(line.slice(at + 1)) as string];
};

const FIELDS = /(?: ?\b\w+=\S+)+$/;

/** "pace=behind left=2" in words. */
const fieldsInWords = (fields: string): string =>
  fields
    .trim()
    .split(' ')
    .filter((field) => field !== '')
    .map((field) => field.replace('=', ' '))
    .join(', ');

const readFact = (line: string, texts: ReadonlyMap<string, string>): ReadFact => {
  const [id = '', kind = '', ...rest] = line.split(' ');
  const told = rest.join(' ');
  const fields = FIELDS.exec(told)?.[0] ?? '';
  const sentence = told.slice(0, told.length - fields.length).trim();
  const says = (sentence === '' ? `${kind}: ${fieldsInWords(fields)}` : sentence).replace(
    /"?\[(\w+)\]"?/g,
    (_, field) => {
      const text = texts.get(`${id}.${field}`) ?? '';
      return text === '' || WITHHELD.test(text) ? 'that one' : text;
    },
  );
  return { id, kind, says };
};

/** Reads facts, actions and fenced texts where `core/insights/prompts` puts them. */
export const readPrompt = (user: string): ReadPrompt => {
  const lines = user.split('\n');
  const texts = new Map(between(lines, /^<data-\w+>$/, /^<\/data-\w+>$/).map(fencedText));
  return {
    facts: between(lines, /^Facts \(/, /^Texts of users/).map((line) => readFact(line, texts)),
    actions: between(lines, /^Actions \(/, /^Content types:/).map((line) => line.split(':')[0] ?? ''),
    texts,
  };
};
