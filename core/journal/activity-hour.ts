/** The UTC hour of a moment (ms since the epoch) as activity marks name it: `2026-11-21T10`. */
export const activityHour = (at: number): string => new Date(at).toISOString().slice(0, 13);
