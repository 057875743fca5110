/** What is wrong with an answer, and where. */
export type TextFault = { readonly path: string; readonly why: string };

/** One fault refuses the whole answer. */
export type TextCheck = { readonly ok: true } | { readonly ok: false; readonly faults: readonly TextFault[] };
