import { beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { only, resourcesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { matching, scenarios } from './stacks.ts';

describe('routes', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  it('are those of the contract below /api, each behind the JWT authorizer unless it asks for nobody', () => {
    const routes = resourcesOf(dev, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
      Properties.AuthorizerId !== undefined,
    ]);
    const expected = endpoints.flatMap((endpoint) =>
      endpoint.routes.map(({ method, path }) => {
        const open = endpoint.caller === 'nobody';
        return [`${method} /api${path}`, open ? 'NONE' : 'JWT', !open];
      }),
    );
    expect(routes.sort()).toEqual(expected.sort());
    const open = routes.filter(([, type]) => type === 'NONE');
    expect(open.map(([key]) => key)).toEqual(['GET /api/personalization/health']);
  });

  it("trust the team's issuer where it has one, else a user pool with the groups and scopes of the contract", () => {
    const jwt = (synthesized: Synthesized) =>
      only(resourcesOf(synthesized, 'AWS::ApiGatewayV2::Authorizer')).Properties.JwtConfiguration;
    expect(jwt(prod)).toEqual({ Issuer: 'https://login.example.com/', Audience: ['attune', 'attune-jobs'] });
    expect(resourcesOf(prod, 'AWS::Cognito::UserPool')).toEqual([]);
    expect(JSON.stringify(jwt(dev))).toContain('https://cognito-idp.');
    const groups = resourcesOf(dev, 'AWS::Cognito::UserPoolGroup').map(
      ({ Properties }) => Properties.GroupName,
    );
    expect(groups.sort()).toEqual(['admin', 'service']);
    const { Properties } = only(resourcesOf(dev, 'AWS::Cognito::UserPoolResourceServer'));
    expect(Properties.Identifier).toBe('personalization');
    expect((Properties.Scopes as { ScopeName: string }[]).map(({ ScopeName }) => ScopeName)).toEqual([
      'service',
      'admin',
    ]);
  });

  it('are throttled and logged as JSON without tokens or bodies', () => {
    const { Properties } = only(resourcesOf(dev, 'AWS::ApiGatewayV2::Stage'));
    expect(Properties.DefaultRouteSettings).toEqual(
      matching({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 }),
    );
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Object.keys(JSON.parse(Format) as object)).toContain('requestId');
    expect(Format).not.toMatch(/authorization|body/i);
  });

  it.each([
    ['dev', { ATTUNE_CALLER_RATE: '200', ATTUNE_CALLER_BURST: '400' }],
    ['capped', { ATTUNE_CALLER_RATE: '2.5', ATTUNE_CALLER_BURST: '10' }],
  ] as const)(
    'bound each caller on each instance: every function of an endpoint knows its limits (%s)',
    (name, limits) => {
      const functions = resourcesOf(scenarios()[name], 'AWS::Lambda::Function').filter(({ Properties }) =>
        endpoints.some(({ summary }) => summary === Properties.Description),
      );
      expect(functions).toHaveLength(endpoints.length);
      for (const { Properties } of functions) {
        const { Variables } = Properties.Environment as { Variables: Record<string, string> };
        expect(Variables).toEqual(matching(limits));
      }
    },
  );

  it('open to browsers only from the origins that a team names', () => {
    expect(only(resourcesOf(dev, 'AWS::ApiGatewayV2::Api')).Properties.CorsConfiguration).toBeUndefined();
    const { CorsConfiguration } = only(resourcesOf(prod, 'AWS::ApiGatewayV2::Api')).Properties;
    expect(CorsConfiguration).toEqual(matching({ AllowOrigins: ['https://app.example.com'] }));
  });
});
