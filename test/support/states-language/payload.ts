import { RuntimeFault, readPath } from './paths.ts';

/** What `$.` and `$$.` paths are read from. */
export type Scope = { readonly input: unknown; readonly context: unknown };

const read = (path: string, { input, context }: Scope): unknown =>
  path.startsWith('$$') ? readPath(context, path.slice(1)) : readPath(input, path);

/** Arguments of an intrinsic function, split at the commas outside of quotes and inner calls. */
const splitArguments = (text: string): string[] => {
  const parts: string[] = [''];
  let [depth, quoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === ',' && depth === 0 && !quoted) {
      parts.push('');
      continue;
    }
    parts[parts.length - 1] += sign;
    if (quoted && sign === '\\') parts[parts.length - 1] += text[++at] ?? '';
    else if (sign === "'") quoted = !quoted;
    else if (!quoted && sign === '(') depth += 1;
    else if (!quoted && sign === ')') depth -= 1;
  }
  return parts.map((part) => part.trim());
};

const argument = (text: string, scope: Scope): unknown => {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  return /^[$S]/.test(text) ? expression(text, scope) : (JSON.parse(text) as unknown);
};

const functions: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  'States.Format': ([template, ...values]) => {
    const text = String(template);
    const places = text.split('{}').length - 1;
    if (places !== values.length)
      throw new RuntimeFault(`States.Format has ${places} places for ${values.length} values`);
    let next = 0;
    return text.replaceAll('{}', () => {
      const value = values[next++];
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
  },
  'States.JsonToString': ([value]) => JSON.stringify(value),
};

const expression = (text: string, scope: Scope): unknown => {
  if (text.startsWith('$')) return read(text, scope);
  const [, name = '', list = ''] = /^(States\.\w+)\((.*)\)$/s.exec(text) ?? [];
  const work = functions[name];
  if (work === undefined)
    throw new RuntimeFault(`"${text}" is neither a path nor a known intrinsic function`);
  return work(splitArguments(list).map((part) => argument(part, scope)));
};

/** Fills in a payload template: every name that ends in `.$` is read by its path or made by its intrinsic function. */
export const fillIn = (template: unknown, scope: Scope): unknown => {
  if (Array.isArray(template)) return template.map((part) => fillIn(part, scope));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), expression(String(value), scope)]
        : [name, fillIn(value, scope)],
    ),
  );
};
