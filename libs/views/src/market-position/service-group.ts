/** How a market is bought: by the hour, by the bed and week, or by the package and week. */
export type MarketUnit = 'hour' | 'bed' | 'package';

export interface ServiceGroup {
  readonly id: string;
  readonly label: string;
  readonly unit: MarketUnit;
  /** Service Components of Client Level Data, Release 2. */
  readonly components: readonly string[];
}

/** The markets that a commissioner buys in, by the components that each is made of. */
export const serviceGroups = [
  {
    id: 'home-support',
    label: 'Home support',
    unit: 'hour',
    components: ['Home support or domiciliary care'],
  },
  { id: 'reablement', label: 'Reablement', unit: 'hour', components: ['Reablement'] },
  {
    id: 'residential',
    label: 'Residential care',
    unit: 'bed',
    components: ['Long term residential care', 'Short term residential care'],
  },
  {
    id: 'nursing',
    label: 'Nursing care',
    unit: 'bed',
    components: ['Long term nursing care', 'Short term nursing care'],
  },
  {
    id: 'supported-living',
    label: 'Supported living',
    unit: 'package',
    components: ['Community supported living', 'Extra care housing', 'Shared Lives'],
  },
  {
    id: 'day-support',
    label: 'Day support and learning',
    unit: 'package',
    components: ['Day support', 'Learning, education or employment support'],
  },
  { id: 'direct-payment', label: 'Direct payments', unit: 'package', components: ['Direct payment'] },
  {
    id: 'equipment-meals-transport',
    label: 'Equipment, meals, transport',
    unit: 'package',
    components: ['Equipment', 'Meals', 'Transport'],
  },
  {
    id: 'unpaid-carers',
    label: 'Support for unpaid carers',
    unit: 'package',
    components: [
      'Unpaid carer respite',
      'Unpaid carer sitting service',
      'Unpaid carer universal services',
      'Other unpaid carer support',
    ],
  },
  {
    id: 'other',
    label: 'Other support',
    unit: 'package',
    components: [
      'Professional support: Social worker',
      'Professional support: Other',
      'End of life care',
      'Emergency support',
      'Other short term support',
      'Other long term support',
    ],
  },
] as const satisfies readonly ServiceGroup[];

export type ServiceGroupId = (typeof serviceGroups)[number]['id'];

const byComponent = new Map<string, ServiceGroupId>(
  serviceGroups.flatMap((group) => group.components.map((component) => [component, group.id] as const)),
);

/** Service types that say which market it is where the component is left out. */
const byServiceType = new Map<string, ServiceGroupId>([
  ['Long term support: Nursing care', 'nursing'],
  ['Long term support: Residential care', 'residential'],
  ['Short term support: ST-Max', 'reablement'],
  ['Unpaid carer support: Direct to unpaid carer', 'unpaid-carers'],
  ['Unpaid carer support: Support involving the person cared-for', 'unpaid-carers'],
]);

/** The market of a service: by its component, else by its service type, else `other`. */
export function serviceGroupOf(serviceType: string, component?: string): ServiceGroupId {
  return (component && byComponent.get(component)) || byServiceType.get(serviceType) || 'other';
}

/** The group of an id; undefined for an id that no group has. */
export const findServiceGroup = (id: string): (ServiceGroup & { readonly id: ServiceGroupId }) | undefined =>
  serviceGroups.find((group) => group.id === id);
