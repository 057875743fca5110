/** Files of a domain's folder. */
export type DomainFile =
  | 'domain'
  | 'actions'
  | 'texts'
  | 'prompts'
  | 'achievements'
  | 'catalog'
  | 'generation'
  | 'homepage'
  | 'matching';

/** What is wrong in a domain's data: in `texts.json`, at `3.facts.goal.kind`. */
export type DomainFault = { readonly file: DomainFile; readonly path: string; readonly message: string };

/** A fault within one entry of a file. */
export type EntryFault = { readonly path: string; readonly message: string };

/** Faults of a list's entries, with the entry's place before their path. */
export const faultsOfEach = <T>(
  file: DomainFile,
  list: readonly T[],
  faultsOf: (entry: T) => readonly EntryFault[],
  at = '',
): DomainFault[] =>
  list.flatMap((entry, index) =>
    faultsOf(entry).map(({ path, message }) => ({ file, path: `${at}${index}.${path}`, message })),
  );

/** Entries whose key stands before them already. */
export const doubled = <T>(
  file: DomainFile,
  list: readonly T[],
  field: keyof T & string,
  at = '',
): DomainFault[] => {
  const seen = new Set<unknown>();
  return list.flatMap((entry, index) => {
    const key = entry[field];
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ file, path: `${at}${index}.${field}`, message: `"${key}" is there already` }];
  });
};
