/** A value that a filter can compare: attributes hold anything, only these are matched. */
export type Scalar = string | number | boolean;

/** Something that can be recommended. Times are ISO 8601 strings, as stored and served. */
export type CatalogItem = {
  itemId: string;
  type: string;
  title: string;
  description?: string;
  tags: string[];
  topics: string[];
  format?: string;
  genres: string[];
  skills: string[];
  level?: string;
  budget?: { min?: number; max?: number };
  timeline?: string;
  url?: string;
  imageUrl?: string;
  publishedAt?: string;
  expiresAt?: string;
  attributes: Record<string, unknown>;
  updatedAt: string;
};

/** Every part that is given must hold; within a part, any of its values is enough. */
export type CatalogFilter = {
  types?: readonly string[];
  tags?: readonly string[];
  attributes?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
};
