import { Aws, Duration, Fn, type RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  UserPool as CognitoUserPool,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from '../config/acknowledge.ts';

/** The privileged callers of api.md section 1: groups for people, scopes of the same names for machines. */
const privileged = [
  { name: 'service', description: 'Acts for any user: a backend or a job' },
  { name: 'admin', description: 'Everything, including rules, experiments, catalogue and analytics' },
];

export type UserPoolProps = { readonly removalPolicy: RemovalPolicy; readonly deletionProtection: boolean };

/** Who may call, when the team brings no issuer of its own: people by password, machines by client credentials. */
export class UserPool extends Construct {
  readonly pool: CognitoUserPool;
  readonly people: UserPoolClient;
  readonly machines: UserPoolClient;
  readonly issuer: string;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    this.pool = this.makePool(props);
    this.people = this.pool.addClient('People', {
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    this.machines = this.addMachines();
    for (const group of privileged) {
      new CfnUserPoolGroup(this, `Group-${group.name}`, {
        userPoolId: this.pool.userPoolId,
        groupName: group.name,
        description: group.description,
      });
    }
    this.issuer = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${this.pool.userPoolId}`;
  }

  private makePool(props: UserPoolProps): CognitoUserPool {
    const pool = new CognitoUserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true, email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      removalPolicy: props.removalPolicy,
      deletionProtection: props.deletionProtection,
    });
    acknowledge(
      pool,
      ['AwsSolutions-COG2'],
      'A second factor is offered, not forced: end users of the application sign in here too.',
    );
    acknowledge(
      pool,
      ['AwsSolutions-COG8'],
      'The Plus tier is billed per active user; a team that wants threat protection brings its own issuer or turns it on.',
    );
    return pool;
  }

  private addMachines(): UserPoolClient {
    const scopes = privileged.map(
      ({ name, description }) => new ResourceServerScope({ scopeName: name, scopeDescription: description }),
    );
    const server = this.pool.addResourceServer('Personalization', { identifier: 'personalization', scopes });
    // The token endpoint needs a name that is unique in the region: the stack's own id is.
    this.pool.addDomain('TokenEndpoint', {
      cognitoDomain: { domainPrefix: Fn.join('-', ['attune', Fn.select(2, Fn.split('/', Aws.STACK_ID))]) },
    });
    return this.pool.addClient('Machines', {
      generateSecret: true,
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes.map((granted) => OAuthScope.resourceServer(server, granted)),
      },
      accessTokenValidity: Duration.hours(1),
    });
  }
}
