import { randomBytes } from 'node:crypto';
import { awsCall } from './aws-call.ts';
import type { Outputs } from './cdk.ts';

/** A person of the user pool with a token that the pool issued. */
export type Person = { readonly sub: string; readonly token: string };

type CreatedUser = { User: { Attributes: { Name: string; Value: string }[] } };
type SignedIn = { AuthenticationResult: { AccessToken: string } };

/** Makes a user in Cognito, in the given group if any, and signs in with a password. */
export const signIn = async (
  url: string,
  outputs: Outputs,
  user: { name: string; group?: string },
): Promise<Person> => {
  const cognito = awsCall(url, 'cognito-idp');
  const password = `Aa1!${randomBytes(12).toString('hex')}`;
  const of = { UserPoolId: outputs.UserPoolId, Username: user.name };
  const { User } = await cognito<CreatedUser>('AdminCreateUser', { ...of, MessageAction: 'SUPPRESS' });
  await cognito('AdminSetUserPassword', { ...of, Password: password, Permanent: true });
  if (user.group !== undefined) await cognito('AdminAddUserToGroup', { ...of, GroupName: user.group });
  const { AuthenticationResult } = await cognito<SignedIn>('AdminInitiateAuth', {
    UserPoolId: outputs.UserPoolId,
    ClientId: outputs.PeopleClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: user.name, PASSWORD: password },
  });
  const sub = User.Attributes.find(({ Name }) => Name === 'sub')?.Value;
  if (sub === undefined) throw new Error(`Cognito gave ${user.name} no sub`);
  return { sub, token: AuthenticationResult.AccessToken };
};
