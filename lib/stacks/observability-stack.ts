import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ServiceAlarms, type ServiceAlarmsProps } from '../constructs/service-alarms.ts';
import { ServiceDashboard, type ServiceDashboardProps } from '../constructs/service-dashboard.ts';

/** What operators look at. Alarms of queues live beside their queues. */
export class ObservabilityStack extends NestedStack {
  constructor(scope: Construct, id: string, props: ServiceAlarmsProps & ServiceDashboardProps) {
    super(scope, id);
    new ServiceAlarms(this, 'Alarms', props);
    new ServiceDashboard(this, 'Overview', props);
  }
}
