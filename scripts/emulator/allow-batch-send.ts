import { iamCall } from './aws-call.ts';

const SEND = 'sqs:SendMessage';

const texts = (xml: string, tag: string): string[] =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);

type Document = { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };

const widened = ({ Statement, ...document }: Document) => ({
  ...document,
  Statement: Statement.map((statement) => {
    const actions = [statement.Action].flat();
    return actions.includes(SEND) ? { ...statement, Action: [...actions, `${SEND}Batch`] } : statement;
  }),
});

/**
 * On AWS `sqs:SendMessage` covers batches and there is no action of another name; MiniStack asks for
 * `sqs:SendMessageBatch`. Gives it to the roles that may send, on the queue where they may. Answers how many there are.
 */
export const allowBatchSend = async (url: string): Promise<number> => {
  const roles = texts(await iamCall(url, 'ListRoles', { MaxItems: '1000' }), 'RoleName');
  let changed = 0;
  for (const RoleName of roles) {
    const names = texts(await iamCall(url, 'ListRolePolicies', { RoleName }), 'member');
    if (!names.includes('Access')) continue;
    const role = { RoleName, PolicyName: 'Access' };
    const [encoded = ''] = texts(await iamCall(url, 'GetRolePolicy', role), 'PolicyDocument');
    const document = decodeURIComponent(encoded).replaceAll('&quot;', '"');
    if (!document.includes(SEND)) continue;
    await iamCall(url, 'PutRolePolicy', {
      ...role,
      PolicyDocument: JSON.stringify(widened(JSON.parse(document))),
    });
    changed++;
  }
  if (changed === 0) throw new Error('no role may send messages');
  return changed;
};
