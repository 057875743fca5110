declare module 'dynalite' {
  import type { Server } from 'node:http';

  type Options = { path?: string; createTableMs?: number; deleteTableMs?: number; updateTableMs?: number };

  /** Makes the server; without a path its tables live in memory. */
  export default function dynalite(options?: Options): Server;
}
