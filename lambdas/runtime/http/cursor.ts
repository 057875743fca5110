import { createHmac, timingSafeEqual } from 'node:crypto';
import { Invalid } from '../../../core/errors.ts';

/** As text, since several base-64 texts decode to the same bytes. */
const mac = (key: Buffer, scope: string, payload: string): string =>
  createHmac('sha256', key)
    .update(scope)
    .update('\n')
    .update(payload)
    .digest()
    .subarray(0, 16)
    .toString('base64url');

/** An opaque, tamper-evident cursor for one list (`scope` names operation and user, so that it fits nowhere else). */
export const encodeCursor = (key: Buffer, scope: string, position: unknown): string => {
  const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${payload}.${mac(key, scope, payload)}`;
};

/** The position back; throws `Invalid` where the cursor was changed, cut or made for another list. */
export const decodeCursor = <T>(key: Buffer, scope: string, cursor: string): T => {
  const [payload = '', signature = '', ...rest] = cursor.split('.');
  const given = Buffer.from(signature);
  const expected = Buffer.from(mac(key, scope, payload));
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Invalid([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  }
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as T;
};
