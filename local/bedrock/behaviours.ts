/**
 * What the fake of Bedrock's runtime can do: answer well, answer so after 8 seconds (`slow`) or never (`hanging`), refuse as the
 * service does (`throttled`, `failing`, `denied`, `unknown-model`), or write what must be thrown away.
 */
export const BEHAVIOURS = [
  'well',
  'slow',
  'hanging',
  'throttled',
  'failing',
  'malformed',
  'invented-numbers',
  'foreign-facts',
  'obeys-injection',
  'denied',
  'unknown-model',
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

export const isBehaviour = (name: unknown): name is Behaviour =>
  (BEHAVIOURS as readonly unknown[]).includes(name);

/** An error as the service sends it. */
export type Refusal = { readonly status: number; readonly name: string; readonly message: string };

export const REFUSALS: Readonly<Partial<Record<Behaviour, Refusal>>> = {
  throttled: {
    status: 429,
    name: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
  },
  failing: {
    status: 500,
    name: 'InternalServerException',
    message: 'The system encountered an unexpected error during processing. Try your request again.',
  },
  denied: {
    status: 403,
    name: 'AccessDeniedException',
    message: "You don't have access to the model with the specified model ID.",
  },
  'unknown-model': {
    status: 404,
    name: 'ResourceNotFoundException',
    message: 'Could not resolve the foundation model from the provided model identifier.',
  },
};
