type Values = Readonly<Record<string, unknown>>;

/** An item as the catalogue takes it, or why there is none in the row. */
export type MappedItem = { readonly item: Record<string, unknown> } | { readonly fault: string };

const texts = ['description', 'format', 'level', 'timeline', 'url', 'imageUrl', 'publishedAt', 'expiresAt'];
const lists = ['tags', 'topics', 'genres', 'skills'];
const idColumns = ['itemId', 'item_id', 'item', 'contentId', 'id'];
const known = new Set([...texts, ...lists, ...idColumns, 'type', 'title', 'budget', 'attributes']);

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** A list as JSON has it, or as one cell of a table: `a|b` or `a;b`. */
const listOf = (value: unknown): string[] => {
  const parts = Array.isArray(value) ? value.map(String) : String(value).split(/[|;]/);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
};

/** What the catalogue has no field for is kept as an attribute. */
const attributesOf = (values: Values): Record<string, unknown> => ({
  ...(typeof values.attributes === 'object' ? values.attributes : {}),
  ...Object.fromEntries(Object.entries(values).filter(([name, value]) => !known.has(name) && present(value))),
});

/** Maps a row by the names of its columns; an item without a title is called `Item <id>`. */
export const itemOfRow = (values: Values, type: string): MappedItem => {
  const id = idColumns.map((column) => values[column]).find(present);
  if (id === undefined) return { fault: `names no item (a column called ${idColumns.join(', ')})` };
  const item: Record<string, unknown> = {
    itemId: String(id),
    type: String(values.type ?? type),
    title: present(values.title) ? String(values.title) : `Item ${id}`,
    attributes: attributesOf(values),
  };
  for (const name of texts) if (present(values[name])) item[name] = String(values[name]);
  for (const name of lists) if (present(values[name])) item[name] = listOf(values[name]);
  if (typeof values.budget === 'object' && values.budget !== null) item.budget = values.budget;
  return { item };
};
