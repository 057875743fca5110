import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** HTTP requests that left this process, and how many rounds of them: those under way together are one round. */
export type Trips = { readonly requests: number; readonly rounds: number };

/** Counts what one caller's work sends; works that overlap cannot be told apart. */
export const countTrips = async (work: () => Promise<unknown>): Promise<Trips> => {
  let requests = 0;
  let rounds = 0;
  let underWay = 0;
  const started = () => {
    if (underWay === 0) rounds += 1;
    requests += 1;
    underWay += 1;
  };
  const finished = () => {
    underWay -= 1;
  };
  subscribe('http.client.request.start', started);
  subscribe('http.client.response.finish', finished);
  try {
    await work();
  } finally {
    unsubscribe('http.client.request.start', started);
    unsubscribe('http.client.response.finish', finished);
  }
  return { requests, rounds };
};
