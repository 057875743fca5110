import { iamCall } from './aws-call.ts';

type Statement = { readonly Sid?: string; readonly Action: string | readonly string[] };
type Document = { readonly Statement: readonly Statement[] };

/** Name of the inline policy that each function's role has. */
const POLICY = 'Access';
const SEND = 'sqs:SendMessage';

const texts = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);

const policyOf = async (url: string, RoleName: string): Promise<Document | undefined> => {
  const names = texts(await iamCall(url, 'ListRolePolicies', { RoleName }), 'member');
  if (!names.includes(POLICY)) return undefined;
  const [encoded = ''] = texts(
    await iamCall(url, 'GetRolePolicy', { RoleName, PolicyName: POLICY }),
    'PolicyDocument',
  );
  return JSON.parse(decodeURIComponent(encoded).replaceAll('&quot;', '"')) as Document;
};

/** Replaces statements of the functions' roles; answers how many roles were changed and insists on some. */
const adjust = async (url: string, change: (statement: Statement) => Statement[]): Promise<number> => {
  const roles = texts(await iamCall(url, 'ListRoles', { MaxItems: '1000' }), 'RoleName');
  let changed = 0;
  for (const RoleName of roles) {
    const before = await policyOf(url, RoleName);
    if (before === undefined) continue;
    const after = JSON.stringify({ ...before, Statement: before.Statement.flatMap(change) });
    if (after === JSON.stringify(before)) continue;
    await iamCall(url, 'PutRolePolicy', { RoleName, PolicyName: POLICY, PolicyDocument: after });
    changed++;
  }
  if (changed === 0) throw new Error('no role has such a statement');
  return changed;
};

/**
 * On AWS `sqs:SendMessage` covers batches and there is no action of another name; MiniStack asks for
 * `sqs:SendMessageBatch`. Gives it to the roles that may send, on the queue where they may.
 */
export const allowBatchSend = (url: string): Promise<number> =>
  adjust(url, (statement) => {
    const actions = [statement.Action].flat();
    return [actions.includes(SEND) ? { ...statement, Action: [...actions, `${SEND}Batch`] } : statement];
  });

/**
 * Readers may put one item, the key of cursors, by a condition on `dynamodb:LeadingKeys` that MiniStack does not know and
 * takes for fulfilled: there every reader could write. Once that key exists the statement is not needed any more.
 */
export const withdrawCursorPut = (url: string): Promise<number> =>
  adjust(url, (statement) => (statement.Sid === 'MakeCursorKey' ? [] : [statement]));
