import { NestedStack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Settings } from '../config/settings.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { UserPool } from '../constructs/user-pool.ts';

export type ApiStackProps = { readonly settings: Settings; readonly key: IKey };

/** The API, its authorizer and, where the team has no issuer, its users. Endpoints are in stacks of their own. */
export class ApiStack extends NestedStack {
  readonly http: HttpApi;
  readonly users?: UserPool;

  constructor(scope: Construct, id: string, { settings, key }: ApiStackProps) {
    super(scope, id);
    if (settings.issuer === undefined) {
      this.users = new UserPool(this, 'Users', {
        removalPolicy: settings.removalPolicy,
        deletionProtection: settings.retainData,
      });
    }
    const issuer = settings.issuer ?? this.poolIssuer();
    this.http = new HttpApi(this, 'Http', { settings, key, issuer });
  }

  private poolIssuer() {
    if (this.users === undefined) throw new Error('without an issuer there must be a user pool');
    const { issuer, people, machines } = this.users;
    return { url: issuer, audience: [people.userPoolClientId, machines.userPoolClientId] };
  }
}
