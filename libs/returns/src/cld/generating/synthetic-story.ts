import { addDays, addMonths, type PlainDate } from '@caretrail/kernel';
import type { Cells } from '../reading/read-cld-file.js';
import { eventOutcomes, routesOfAccess, reviewReasons } from '../specification/coded-values.js';
import { SeededRandom } from './seeded-random.js';
import { syntheticPerson, type SyntheticPerson } from './synthetic-person.js';

/** One event of a story, as the files of later quarters will tell it. */
interface StoryEvent {
  readonly startsOn: PlainDate;
  readonly endsOn?: PlainDate;
  readonly cells: Cells;
  /** From the file whose period ends on or after this day, these cells are told otherwise. */
  readonly corrected?: { readonly from: PlainDate; readonly startsOn?: PlainDate; readonly cells: Cells };
  /** How many equal rows stand in the file: two carers at once are two rows. */
  readonly copies: number;
}

/** What happens to one person over the years; every quarter's file is a window on it. */
export interface SyntheticStory {
  readonly person: SyntheticPerson;
  readonly diedOn: PlainDate | undefined;
  readonly moved: { readonly from: PlainDate; readonly postcode: string } | undefined;
  readonly events: readonly StoryEvent[];
}

/** Stories begin between these days, so that files of the years between have people at every stage. */
const FIRST_DAY: PlainDate = '2022-01-01';
const DAYS_OF_BEGINNINGS = 2200;

const SERVICES = [
  {
    type: 'Long term support: Community',
    component: 'Home support or domiciliary care',
    per: 'Hourly',
    pence: [1900, 2600],
    units: [3, 28],
    share: 0.42,
  },
  {
    type: 'Long term support: Residential care',
    component: 'Long term residential care',
    per: 'Weekly',
    pence: [72_000, 118_000],
    units: undefined,
    share: 0.16,
  },
  {
    type: 'Long term support: Nursing care',
    component: 'Long term nursing care',
    per: 'Weekly',
    pence: [88_000, 142_000],
    units: undefined,
    share: 0.08,
  },
  {
    type: 'Long term support: Community',
    component: 'Direct payment',
    per: '4-weekly',
    pence: [38_000, 190_000],
    units: undefined,
    share: 0.1,
  },
  {
    type: 'Long term support: Community',
    component: 'Day support',
    per: 'Per session',
    pence: [4200, 8800],
    units: [1, 5],
    share: 0.08,
  },
  {
    type: 'Short term support: ST-Max',
    component: 'Reablement',
    per: 'Hourly',
    pence: [2700, 3600],
    units: [5, 14],
    share: 0.12,
  },
  {
    type: 'Short term support: Ongoing low level',
    component: 'Equipment',
    per: 'One-off',
    pence: [3500, 60_000],
    units: undefined,
    share: 0.04,
  },
] as const;

/**
 * The story of person `index`: the same for the same seed, whichever quarter is looked at. Undefined when it has not
 * begun by the day.
 */
export function syntheticStory(seed: number, index: number, until: PlainDate): SyntheticStory | undefined {
  const random = new SeededRandom(Math.imul(seed ^ 0x9e3779b9, 2_654_435_761) ^ Math.imul(index + 1, 40_503));
  const begins = addDays(FIRST_DAY, random.between(0, DAYS_OF_BEGINNINGS));
  if (begins > until) return undefined;
  const person = syntheticPerson(index, random);
  const diedOn = random.chance(0.06) ? addDays(begins, random.between(60, 900)) : undefined;
  const moved = random.chance(0.05)
    ? {
        from: addDays(begins, random.between(90, 600)),
        postcode: `ZZ${random.between(1, 12)} ${random.between(1, 9)}TT`,
      }
    : undefined;
  const teller = new Teller(person, random);
  if (person.clientType === 'Unpaid carer known by association') {
    return { person, diedOn: undefined, moved, events: [{ startsOn: begins, cells: {}, copies: 1 }] };
  }
  const events = person.clientType === 'Unpaid carer' ? teller.carer(begins) : teller.serviceUser(begins);
  return { person, diedOn, moved, events };
}

class Teller {
  private references = 0;

  constructor(
    private readonly person: SyntheticPerson,
    private readonly random: SeededRandom,
  ) {}

  serviceUser(begins: PlainDate): StoryEvent[] {
    const { random } = this;
    const supported = random.chance(0.62);
    const answered = addDays(begins, random.between(0, 21));
    const events = [this.request(begins, answered, supported)];
    if (!supported) return events;
    const assessed = addDays(answered, random.between(7, 45));
    events.push(this.assessment(answered, assessed));
    if (random.chance(0.12)) return events;
    let newestStart = assessed;
    for (let count = random.between(1, 3); count > 0; count--) {
      const starts = addDays(newestStart, random.between(2, 30));
      events.push(this.service(starts));
      newestStart = starts;
    }
    for (let year = 1; year <= 4; year++) {
      const due = addDays(addMonths(assessed, 12 * year), random.between(-30, 90));
      events.push(this.review(due, random.chance(0.8)));
    }
    return events;
  }

  carer(begins: PlainDate): StoryEvent[] {
    const assessed = addDays(begins, this.random.between(5, 50));
    const events = [this.request(begins, addDays(begins, 3), true), this.assessment(begins, assessed)];
    if (this.random.chance(0.5)) {
      const cells = {
        eventType: 'Service',
        eventOutcome: 'Continuation of support or services',
        serviceType: 'Unpaid carer support: Direct to unpaid carer',
        serviceComponent: 'Other unpaid carer support',
        deliveryMechanism: 'Direct payment',
        unitCost: '300.00',
        costFrequency: 'One-off',
      };
      const startsOn = addDays(assessed, 10);
      events.push(this.event({ startsOn, endsOn: addDays(startsOn, 1), cells, copies: 1 }));
    }
    return events;
  }

  private request(startsOn: PlainDate, endsOn: PlainDate, supported: boolean): StoryEvent {
    const outcome = supported
      ? 'Progress to assessment, review or reassessment'
      : this.random.pick(eventOutcomes.slice(5, 12)).value;
    const cells = { eventType: 'Request', route: this.random.pick(routesOfAccess).value, eventOutcome: outcome };
    return this.event({ startsOn, endsOn, cells, copies: 1 });
  }

  private assessment(startsOn: PlainDate, endsOn: PlainDate): StoryEvent {
    const carer = this.person.clientType === 'Unpaid carer';
    const cells = {
      eventType: 'Assessment',
      assessmentType: this.random.chance(0.8) ? 'Long term assessment' : 'Short term assessment',
      eligibleNeeds: 'Eligible needs identified',
      assessmentMethod: carer ? 'Unpaid carer only' : 'Service user only',
      eventOutcome: 'Progress to support planning or services',
    };
    const event = this.event({ startsOn, endsOn, cells, copies: 1 });
    if (!this.random.chance(0.02)) return event;
    // A wrong start that is put right: the key changes, and the Event Reference joins the two.
    const right = addDays(startsOn, -this.random.between(1, 3));
    return { ...event, corrected: { from: addMonths(endsOn, 5), startsOn: right, cells: {} } };
  }

  private review(endsOn: PlainDate, planned: boolean): StoryEvent {
    const cells = {
      eventType: 'Review',
      reviewReason: planned ? 'Planned review of long term support' : this.random.pick(reviewReasons.slice(2)).value,
      reviewMethod: 'Service user only',
      reviewOutcomes: this.random.pick(['Fully met', 'Partially met', 'Not met']),
      eventOutcome: 'Continuation of support or services',
      clientFundingStatus: 'Joint client and social care funded',
    };
    return this.event({ startsOn: addDays(endsOn, -this.random.between(0, 20)), endsOn, cells, copies: 1 });
  }

  private service(startsOn: PlainDate): StoryEvent {
    const { random } = this;
    let roll = random.next();
    const service = SERVICES.find(({ share }) => (roll -= share) < 0) ?? SERVICES[0];
    const short = service.type.startsWith('Short');
    const endsOn = short
      ? addDays(startsOn, random.between(7, 42))
      : random.chance(0.45)
        ? addDays(startsOn, random.between(40, 1200))
        : undefined;
    const pence = random.between(service.pence[0], service.pence[1]);
    const cells: Cells = {
      eventType: 'Service',
      eventOutcome: 'Continuation of support or services',
      clientFundingStatus: random.pick(['Fully social care funded', 'Joint client and social care funded']),
      serviceType: service.type,
      serviceComponent: service.component,
      deliveryMechanism: service.component === 'Direct payment' ? 'Direct payment' : 'CASSR commissioned support',
      providerName: `Provider ${random.between(1, 60)}`,
      providerLocationId: `1-99900${String(random.between(1, 60)).padStart(4, '0')}`,
      unitCost: pounds(pence),
      costFrequency: service.per,
      ...(service.units && {
        plannedUnits: `${random.between(service.units[0], service.units[1])}.${random.chance(0.5) ? '00' : '50'}`,
      }),
    };
    const copies = service.component.startsWith('Home') && random.chance(0.04) ? 2 : 1;
    const event = this.event({ startsOn, ...(endsOn && { endsOn }), cells, copies });
    if (!random.chance(0.08)) return event;
    const from = addMonths(startsOn, random.between(3, 14));
    return { ...event, corrected: { from, cells: { unitCost: pounds(Math.round(pence * 1.04)) } } };
  }

  private event(event: StoryEvent): StoryEvent {
    const eventReference = `E${this.person.laPersonId.slice(1)}-${++this.references}`;
    return { ...event, cells: { ...event.cells, eventReference } };
  }
}

const pounds = (pence: number): string => (pence / 100).toFixed(2);
