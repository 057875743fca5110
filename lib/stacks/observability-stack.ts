import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { EventAlarms, type EventAlarmsProps } from '../constructs/event-alarms.ts';
import { ServiceAlarms, type ServiceAlarmsProps } from '../constructs/service-alarms.ts';
import { ServiceDashboard, type ServiceDashboardProps } from '../constructs/service-dashboard.ts';
import { TextAlarms, type TextAlarmsProps } from '../constructs/text-alarms.ts';

/** What operators look at. Alarms of queues live beside their queues. */
export class ObservabilityStack extends NestedStack {
  constructor(
    scope: Construct,
    id: string,
    props: ServiceAlarmsProps & ServiceDashboardProps & TextAlarmsProps & EventAlarmsProps,
  ) {
    super(scope, id);
    new ServiceAlarms(this, 'Alarms', props);
    new TextAlarms(this, 'TextAlarms', props);
    new EventAlarms(this, 'EventAlarms', props);
    new ServiceDashboard(this, 'Overview', props);
  }
}
