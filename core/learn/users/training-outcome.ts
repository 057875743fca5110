/** A model was trained, with what the model card tells of it, or there is a reason why not. */
export type Outcome<Report> =
  | ({ trained: true } & Report)
  | { trained: false; reason: string; samples: number };

/** Below these, a model is left out and the rules answer. */
export const LEAST_SAMPLES = {
  /** Users for five segments. */
  segments: 50,
  /** Rows of each outcome, for churn and preference. */
  outcomes: 50,
  /** Customers, and those among them who paid again. */
  customers: 100,
  repeatCustomers: 30,
} as const;

export const refused = (
  reason: string,
  samples: number,
): { trained: false; reason: string; samples: number } => ({
  trained: false,
  reason,
  samples,
});

export const trained = <Report extends object>(report: Report): { trained: true } & Report => ({
  trained: true,
  ...report,
});
