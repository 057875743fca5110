import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';

/** The only algorithm that API Gateway's JWT authorizer accepts. */
export const algorithm = 'RS256';

/** The key that signs local tokens. */
export type SigningKey = { readonly privateKey: CryptoKey; readonly publicJwk: JWK & { kid: string } };

const publicPart = async ({ kty, n, e }: JWK) => {
  const jwk = { kty, n, e } as JWK;
  return { ...jwk, alg: algorithm, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
};

const newPrivateJwk = async (): Promise<JWK> =>
  exportJWK((await generateKeyPair(algorithm, { extractable: true })).privateKey);

/** Reads the key from the data folder, or makes it: tokens stay valid when the server starts again. */
export const signingKey = async (dataDir: string): Promise<SigningKey> => {
  const file = join(dataDir, 'signing-key.json');
  await mkdir(dataDir, { recursive: true });
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  const jwk = stored ? (JSON.parse(stored) as JWK) : await newPrivateJwk();
  if (!stored) await writeFile(file, JSON.stringify(jwk), { mode: 0o600 });
  return { privateKey: (await importJWK(jwk, algorithm)) as CryptoKey, publicJwk: await publicPart(jwk) };
};
