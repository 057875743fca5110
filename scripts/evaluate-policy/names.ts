/** Numbers for names, in the order in which they appear. */
export type Names = { readonly list: string[]; readonly numberOf: (name: string) => number };

export const makeNames = (): Names => {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  return {
    list,
    numberOf: (name) => {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, list.length);
      list.push(name);
      return list.length - 1;
    },
  };
};
