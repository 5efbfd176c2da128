import { describe, expect, it } from '@jest/globals';
import { mapPersonal } from '@caretrail/privacy';
import { seenIn } from '../../libs/views/src/safeguarding-chronology/shoes/seen-in.js';
import { type Eyes, shoes } from '../../libs/views/src/safeguarding-chronology/shoes/shoe.js';
import { shoeTable } from '../../libs/views/src/safeguarding-chronology/shoes/shoe-table.js';
import { catalogue, upcasters } from '../../apps/platform/src/house.js';
import { goldenEvents } from '../golden/golden-events.js';

const SECRET = 'a word of somebody’s own';

/** One of each type as it is now, every personal field filled with the same words. */
const samples = goldenEvents().map(({ event }) => {
  const { data, type } = upcasters.upcast(event);
  const definition = catalogue.get(type);
  return { event: { ...event, type, data: mapPersonal(data, definition.personal, () => SECRET) }, definition };
});
const aboutPeople = samples.filter(({ event, definition }) => definition.people(event.data).length);
const seen = (shoe: Eyes, type: string, change: object = {}, of = whose(type)) => {
  const { event, definition } = samples.find((each) => each.event.type === type)!;
  return seenIn(shoe, { ...event, data: { ...(event.data as object), ...change } }, definition, shoeTable[type], of);
};
/** The sample's own person, who is the subject of their own history. */
const whose = (type: string): string => {
  const { event, definition } = samples.find((each) => each.event.type === type)!;
  return definition.subject(event.data) ?? '';
};
const SOMEBODY_ELSE = '00000000-0000-4000-8000-000000000000';

describe('the table of what each shoe sees', () => {
  it('has a row for every type of event that is about people', () => {
    expect(aboutPeople.map(({ event }) => event.type).filter((type) => !shoeTable[type])).toEqual([]);
  });

  it('names only types and fields that there are', () => {
    for (const { event, definition } of samples) {
      const paths = Object.keys(shoeTable[event.type]?.fields ?? {});
      const shape = JSON.stringify(event.data) + definition.personal.join();
      for (const path of paths) expect(`${event.type} ${shape}`).toContain(path.split('.').at(-1));
    }
  });

  it('lets no shoe but safeguarding’s own see what is need to know', () => {
    const kept = aboutPeople.filter(({ event, definition }) => definition.needToKnow(event.data));
    expect(kept.length).toBeGreaterThan(0);
    for (const { event } of kept)
      for (const shoe of shoes) expect(seen(shoe, event.type)).toEqual({ hidden: 'needToKnow' });
  });

  it('shows nothing without a row', () => {
    const { event, definition } = aboutPeople.find(({ event, definition: { needToKnow } }) => !needToKnow(event.data))!;
    for (const shoe of shoes)
      expect(seenIn(shoe, event, definition, undefined, SOMEBODY_ELSE)).toEqual({ hidden: 'needToKnow' });
  });

  it('lets no commissioner read a personal word, whatever the event', () => {
    for (const { event } of aboutPeople) expect(JSON.stringify(seen('commissioner', event.type))).not.toContain(SECRET);
  });

  it('masks, and does not only mark, what is kept', () => {
    const completed = 'assessment.assessment-completed.v1';
    expect(JSON.stringify(seen('person', completed))).toContain(SECRET);
    expect(seen('carer', completed)).toEqual({ hidden: 'notShared' });
    const provider = seen('provider', completed);
    expect(JSON.stringify(provider)).not.toContain(SECRET);
    expect(provider).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ kept: 'notNeeded' })]),
    });
  });

  it('keeps what is the carer’s from the person they care for, and shows it to the carer', () => {
    for (const type of ['assessment.carer-assessed.v1', 'assessment.assessment-offered.v1']) {
      expect(JSON.stringify(seen('person', type))).toContain(SECRET);
      expect(seen('person', type, {}, SOMEBODY_ELSE)).toEqual({ hidden: 'thirdParty' });
    }
    expect(seen('carer', 'assessment.carer-assessed.v1')).toMatchObject({ fields: expect.anything() });
  });

  it('tells a person who cares for them and who represents them, which is the other’s event as well', () => {
    for (const type of ['people.carer-identified.v1', 'people.representative-appointed.v1'])
      expect(seen('person', type, {}, SOMEBODY_ELSE)).toHaveProperty('title');
  });

  it('leaves no trace of what could warn a source of harm', () => {
    const conflict = 'people.conflict-of-interest-recorded.v1';
    for (const shoe of shoes.filter((each) => each !== 'practitioner'))
      expect(seen(shoe, conflict)).toEqual({ hidden: 'tipOff' });
    const refused = seen('person', 'assessment.assessment-refused.v1');
    expect(JSON.stringify(refused)).not.toMatch(/ground|reasons/);
    expect(seen('practitioner', 'assessment.assessment-refused.v1')).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ name: 'reasons' })]),
    });
  });

  it('keeps an advocate for an enquiry as it keeps the enquiry', () => {
    const offered = 'people.advocate-offered.v1';
    expect(seen('practitioner', offered, { purpose: 'needs assessment' })).toHaveProperty('title');
    expect(seen('practitioner', offered, { purpose: 'safeguarding enquiry' })).toEqual({ hidden: 'needToKnow' });
  });

  it('shows whoever decides on money the reasons of money, and no other words of the person', () => {
    expect(JSON.stringify(seen('finance', 'budgets.budget-allocated.v1'))).toContain(SECRET);
    const completed = JSON.stringify(seen('finance', 'assessment.assessment-completed.v1'));
    expect(completed).toContain('nutrition');
    expect(completed).not.toContain(SECRET);
    for (const { event, definition } of aboutPeople)
      if (definition.needToKnow(event.data)) expect(seen('finance', event.type)).toEqual({ hidden: 'needToKnow' });
  });

  it('shows the safeguarding team all', () => {
    expect(JSON.stringify(seen('safeguarding', 'safeguarding.alert-raised.v1'))).toContain(SECRET);
  });

  it('shows no ids', () => {
    const id = /[0-9a-f]{8}-[0-9a-f]{4}-/;
    for (const { event } of aboutPeople)
      for (const shoe of shoes) expect(JSON.stringify(seen(shoe, event.type))).not.toMatch(id);
  });
});
