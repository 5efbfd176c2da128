import { type Account, maySeeNeedToKnow } from '@caretrail/access';
import { type Command, type CommandMeta, formatDate, InvalidInput } from '@caretrail/kernel';
import { idMadeBy } from '@caretrail/web';
import type { PersonRecords } from '../../application/person-records.js';
import { openErasureOf, type SupportAround } from '../../application/support-around.query.js';
import {
  abilities,
  advocacyEndings,
  advocacyExceptions,
  advocacyPurposes,
  AgreeErasure,
  AppointAdvocate,
  AssessCapacity,
  capacityMatters,
  conflictKinds,
  ConsiderAdvocacy,
  consentAnswers,
  consentMatters,
  DecideInBestInterests,
  difficulties,
  EndAdvocacy,
  ErasePerson,
  erasureGrounds,
  erasureRefusals,
  ExtendErasure,
  extensionGrounds,
  hoursCaredBands,
  IdentifyCarer,
  identityChecks,
  isForSafeguarding,
  RecordConflictOfInterest,
  RecordConsent,
  RecordDeath,
  recordNumber,
  RefuseErasure,
  RequestErasure,
} from '../../contracts/index.js';
import type { Choice, RecordField } from './record-fields.js';

/** What a form asks its fields and sends its command with. */
export interface AtRecord {
  readonly account: Account;
  readonly found: SupportAround;
  readonly records: PersonRecords;
}

/** What was typed, as `recordFrom` reads it: the command's schema has the last word. */
type Said = Record<string, unknown>;

/** One form about what is known around a person. */
export interface RecordForm {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  /** What the button does cannot be undone: it is drawn as a warning. */
  readonly noWayBack?: true;
  /** Of the day on which it is true. */
  readonly day: string;
  fields(at: AtRecord): readonly RecordField[];
  /** Why there is nothing to fill in, where that is so. */
  unavailable?(at: AtRecord): string | undefined;
  command(said: Said, meta: CommandMeta, at: AtRecord): Promise<Command> | Command;
  /** The field of the form at which a fault of the command's field is shown, where they differ. */
  readonly fieldOf?: Readonly<Record<string, string>>;
  /** Where it leads: the page around the person where it is left out. */
  readonly next?: (personId: string) => string;
  /** Where it came from, as a link: the page around the person where it is left out. */
  readonly back?: (personId: string) => { readonly text: string; readonly href: string };
}

const ON_WHICH_DAY = 'On which day?';
const named = (choices: readonly (Choice | undefined)[]): Choice[] => choices.flatMap((choice) => choice ?? []);
const or = (fallback: string, choice: Choice[]): string | undefined => (choice.length ? undefined : fallback);

/** Those that are offered, and those whose advocate acts. */
const advocaciesOf = ({ found }: AtRecord, stands: 'offered' | 'appointed'): Choice[] =>
  named(
    found.advocacy.map(({ considered, on, advocate, stands: now }) => {
      if (now !== stands) return undefined;
      const who = now === 'appointed' && advocate ? `${advocate.name}, ` : '';
      return { value: considered.advocacyId, text: `${who}${considered.purpose}, considered on ${formatDate(on)}` };
    }),
  );

const undecidedOf = ({ found }: AtRecord): Choice[] =>
  named(
    found.capacity.map(({ assessed, on, bestInterests }) =>
      assessed.hasCapacity || bestInterests
        ? undefined
        : { value: assessed.capacityId, text: `${assessed.decision} (${formatDate(on)})` },
    ),
  );

const standingOf = ({ found }: AtRecord, scope?: 'sharing information'): Choice[] =>
  named(
    found.representations.map(({ standing, representationId, appointed, name, scope: left }) =>
      standing === 'in force' && (scope === undefined || left.includes(scope))
        ? { value: representationId, text: `${name ?? 'Name not known'}, ${appointed.kind}` }
        : undefined,
    ),
  );

const PERSON_THEMSELVES = 'the person';

const ofErasure = {
  next: (personId: string) => `/people/${personId}/erasure`,
  back: (personId: string) => ({ text: 'Back to the requests to be erased', href: `/people/${personId}/erasure` }),
};
const nothingToAnswer = ({ found }: AtRecord): string | undefined => {
  const open = openErasureOf(found);
  return open && !open.agreed ? undefined : 'No request waits for an answer.';
};
const requestOf = (found: SupportAround): string | undefined => openErasureOf(found)?.requested.requestId;

/** The forms by the end of their address, `/people/:id/<end>`. */
export const recordForms = {
  advocacy: {
    title: 'Consider an independent advocate',
    lead: 'Two questions: would the person have substantial difficulty in being involved, and is there somebody appropriate to support them? Whether an advocate has to be arranged follows from the answers (Care Act 2014 sections 67 and 68).',
    button: 'Save the answers',
    day: 'When was it considered?',
    fields: (at) => [
      {
        kind: 'choice',
        name: 'purpose',
        label: 'For what?',
        values: advocacyPurposes.filter((purpose) => maySeeNeedToKnow(at.account) || !isForSafeguarding({ purpose })),
      },
      { kind: 'heading', name: 'first', label: 'Being involved' },
      {
        kind: 'yes-no',
        name: 'substantialDifficulty.found',
        label: 'Would the person have substantial difficulty in being involved without an advocate?',
      },
      {
        kind: 'choices',
        name: 'substantialDifficulty.in',
        label: 'If so: in what?',
        hint: 'Section 67(4). Choose what applies.',
        values: difficulties,
      },
      { kind: 'words', name: 'substantialDifficulty.reasons', label: 'Reasons, whichever way it goes' },
      { kind: 'heading', name: 'second', label: 'If there is substantial difficulty: somebody to support the person' },
      {
        kind: 'yes-no',
        name: 'appropriatePerson.found',
        label: 'Is there somebody appropriate to represent and support the person?',
        optional: true,
      },
      {
        kind: 'yes-no',
        name: 'appropriatePerson.professionalOrPaid',
        label: 'Do they care for or treat the person as a professional, or for pay?',
        hint: 'Then they are not appropriate (section 67(5)(a)).',
        optional: true,
      },
      {
        kind: 'choice',
        name: 'appropriatePerson.agreedBy',
        label: 'Who agrees to them?',
        hint: 'Section 67(6).',
        values: ['the person', 'a best interests decision'],
        optional: true,
      },
      ...(standingOf(at).length
        ? [
            {
              kind: 'select',
              name: 'appropriatePerson.representationId',
              label: 'Are they in the register of representatives? (optional)',
              values: standingOf(at),
              optional: true,
            } as const,
          ]
        : []),
      {
        kind: 'words',
        name: 'appropriatePerson.reasons',
        label: 'Who it is, or why nobody is appropriate',
        optional: true,
      },
      {
        kind: 'select',
        name: 'exception',
        label: 'Is an advocate needed although there is somebody appropriate?',
        hint: 'Only in these cases (SI 2014/2889 regulation 4).',
        values: advocacyExceptions,
        optional: true,
      },
    ],
    fieldOf: { appropriatePerson: 'appropriatePerson.found' },
    command: (said, meta, { account, found: { personId }, records }) => {
      const data = { ...said, ...appropriatePersonOf(said), personId, advocacyId: idMadeBy(meta) };
      return records.considerAdvocate(account, ConsiderAdvocacy.schema.parse(data), meta);
    },
  },

  'advocacy/advocate': {
    title: 'Who the advocate is',
    lead: 'The independent advocate who represents and supports the person from this day.',
    button: 'Appoint the advocate',
    day: 'From which day?',
    unavailable: (at) =>
      or('No advocate has to be arranged. Consider first whether one has to be.', advocaciesOf(at, 'offered')),
    fields: (at) => [
      { kind: 'choice', name: 'advocacyId', label: 'For what?', values: advocaciesOf(at, 'offered') },
      { kind: 'text', name: 'advocate.name', label: 'Name of the advocate' },
      { kind: 'text', name: 'advocate.organisation', label: 'Organisation' },
    ],
    command: (said, meta, { account, found: { personId }, records }) =>
      records.appointAdvocate(account, AppointAdvocate.schema.parse({ ...said, personId }), meta),
  },

  'advocacy/end': {
    title: 'The advocate acts no longer',
    lead: 'Where another takes over, the duty to arrange one stands until they are appointed.',
    button: 'End it',
    day: 'From which day?',
    unavailable: (at) => or('No advocate acts for the person.', advocaciesOf(at, 'appointed')),
    fields: (at) => [
      { kind: 'choice', name: 'advocacyId', label: 'Which advocate?', values: advocaciesOf(at, 'appointed') },
      { kind: 'choice', name: 'reason', label: 'Why?', values: advocacyEndings },
    ],
    command: (said, meta, { account, found: { personId }, records }) =>
      records.endAdvocacy(account, EndAdvocacy.schema.parse({ ...said, personId }), meta),
  },

  capacity: {
    title: 'Assess capacity for one decision',
    lead: 'Everybody is taken to have capacity. It is assessed for one decision, at the time it has to be made, after all practicable help (Mental Capacity Act 2005 sections 1 to 3).',
    button: 'Save the assessment',
    day: 'On which day was it assessed?',
    fields: () => [
      { kind: 'words', name: 'decision', label: 'Which decision does the person have to make?' },
      { kind: 'select', name: 'matter', label: 'What is it about?', values: capacityMatters },
      { kind: 'words', name: 'supportGiven', label: 'What was done to help them make it themselves?' },
      {
        kind: 'choices',
        name: 'unableTo',
        label: 'With that help, what can the person not do about this decision?',
        hint: 'Section 3(1). Choose nothing where they can do all four.',
        values: abilityChoices,
      },
      {
        kind: 'yes-no',
        name: 'impairment',
        label: 'Is there an impairment of, or a disturbance in, the working of their mind or brain?',
      },
      { kind: 'yes-no', name: 'becauseOfImpairment', label: 'Is that why they cannot?' },
      { kind: 'words', name: 'reasons', label: 'Reasons, whichever way it goes' },
      { kind: 'day', name: 'lookAgainOn', label: 'When to look again (optional)', optional: true },
    ],
    command: (said, meta, { found: { personId }, records }) => {
      const data = AssessCapacity.schema.parse({ ...said, personId, capacityId: idMadeBy(meta) });
      return records.assessCapacity(data, meta);
    },
  },

  'capacity/best-interests': {
    title: 'Decide in the person’s best interests',
    lead: 'Only what the person was found unable to decide, and once for each decision (Mental Capacity Act 2005 section 4).',
    button: 'Save the decision',
    day: 'On which day was it decided?',
    unavailable: (at) =>
      or('There is nothing that the person was found unable to decide, and that is still open.', undecidedOf(at)),
    fields: (at) => [
      { kind: 'choice', name: 'capacityId', label: 'Which decision?', values: undecidedOf(at) },
      {
        kind: 'words',
        name: 'wishesAndFeelings',
        label: 'What the person wishes and feels, and believed before',
        hint: 'Section 4(6).',
      },
      { kind: 'words', name: 'consulted', label: 'Who was asked, and what they said', hint: 'Section 4(7).' },
      {
        kind: 'words',
        name: 'lessRestrictive',
        label: 'What would restrict the person less, and why it does or does not do',
        hint: 'Section 1(6).',
      },
      {
        kind: 'yes-no',
        name: 'canWait',
        label: 'May the person be able to decide it themselves later?',
        hint: 'Section 4(3).',
      },
      { kind: 'words', name: 'decided', label: 'What was decided' },
      { kind: 'words', name: 'reasons', label: 'Reasons' },
    ],
    command: (said, meta, { found: { personId } }) =>
      new DecideInBestInterests(DecideInBestInterests.schema.parse({ ...said, personId }), meta),
  },

  consent: {
    title: 'Record what was answered to a request for consent',
    lead: 'The last answer to a matter stands. Consent can be withdrawn as easily as it was given.',
    button: 'Save the answer',
    day: 'When was it answered?',
    fields: (at) => [
      { kind: 'choice', name: 'matter', label: 'Consent to what?', values: consentMatters },
      { kind: 'choice', name: 'answer', label: 'The answer', values: consentAnswers },
      {
        kind: 'choice',
        name: 'representationId',
        label: 'Who answered?',
        values: [{ value: PERSON_THEMSELVES, text: 'The person' }, ...standingOf(at, 'sharing information')],
      },
      { kind: 'words', name: 'words', label: 'What they said (optional)', optional: true },
    ],
    command: ({ representationId, ...said }, meta, { found: { personId }, records }) => {
      const data = RecordConsent.schema.parse({ ...said, personId });
      const speaker = representationId === PERSON_THEMSELVES ? undefined : String(representationId);
      return records.recordConsent(data, speaker, meta);
    },
  },

  caring: {
    title: 'The person cares for somebody',
    lead: 'Somebody who cares for another adult, unpaid, has a right to an assessment of their own (Care Act 2014 section 10). Say all of it: this takes the place of what was said before.',
    button: 'Save',
    day: 'Since when?',
    fields: () => [
      {
        kind: 'records',
        name: 'caresFor',
        label: 'For whom (optional)',
        hint: 'The address or the id of each record, one a line.',
        optional: true,
      },
      { kind: 'number', name: 'adultsCaredFor', label: 'For how many adults (optional)', optional: true },
      { kind: 'select', name: 'hoursCaredBand', label: 'How much (optional)', values: hoursCaredBands, optional: true },
    ],
    command: (said, meta, { found: { personId }, records }) =>
      records.identifyCarer(IdentifyCarer.schema.parse({ ...said, personId }), meta),
  },

  'representatives/conflict': {
    title: 'A conflict of interest came to light',
    lead: 'What stands between a representative and the person’s interests, and what is done about it. Somebody alleged to be a source of harm no longer speaks in an assessment, a plan, a review or safeguarding.',
    button: 'Save',
    day: ON_WHICH_DAY,
    unavailable: (at) => or('Nobody in the register may speak for the person now.', standingOf(at)),
    fields: (at) => [
      { kind: 'choice', name: 'representationId', label: 'Of which representative?', values: standingOf(at) },
      { kind: 'choice', name: 'conflict.kind', label: 'What kind?', values: conflictKinds },
      { kind: 'words', name: 'conflict.reasons', label: 'What is it?' },
      { kind: 'words', name: 'conflict.handling', label: 'What is done about it?' },
    ],
    command: (said, meta, { found: { personId } }) =>
      new RecordConflictOfInterest(RecordConflictOfInterest.schema.parse({ ...said, personId }), meta),
  },

  'erasure/request': {
    title: 'Record a request to be erased',
    lead: 'Everybody may ask the council to erase what it holds of them (UK GDPR Article 17). The council answers within one month. Where the law obliges it to keep a record of care and support, it may refuse.',
    button: 'Save the request',
    day: 'When did the council receive it?',
    ...ofErasure,
    unavailable: (at) => (openErasureOf(at.found) ? 'A request is open already.' : undefined),
    fields: (at) => [
      { kind: 'choice', name: 'ground', label: 'Why should it be erased?', values: erasureGrounds },
      {
        kind: 'choice',
        name: 'representationId',
        label: 'Who asks?',
        values: [{ value: PERSON_THEMSELVES, text: 'The person' }, ...standingOf(at, 'sharing information')],
      },
      { kind: 'choice', name: 'identity', label: 'How did you make sure who it is?', values: identityChecks },
      { kind: 'words', name: 'words', label: 'What was asked, in their words' },
    ],
    command: ({ representationId, ...said }, meta, { found: { personId }, records }) => {
      const data = RequestErasure.schema.parse({ ...said, personId, requestId: idMadeBy(meta) });
      const speaker = representationId === PERSON_THEMSELVES ? undefined : String(representationId);
      return records.requestErasure(data, speaker, meta);
    },
  },

  'erasure/extension': {
    title: 'Take more time for the answer',
    lead: 'A complex request, or many, may be answered two months later. Tell the person so, and why, within one month of receiving the request (UK GDPR Article 12(3)).',
    button: 'Take more time',
    day: 'When was the person told?',
    ...ofErasure,
    unavailable: (at) => {
      const extended = openErasureOf(at.found)?.extended;
      return extended
        ? `More time was taken already: the answer is due by ${formatDate(extended.answerBy)}.`
        : nothingToAnswer(at);
    },
    fields: () => [
      { kind: 'choice', name: 'because', label: 'Why does it take longer?', values: extensionGrounds },
      {
        kind: 'words',
        name: 'reasons',
        label: 'Reasons, as the person was told',
        hint: 'The person and their practitioner read this: say nothing of an enquiry that they may not know of.',
      },
    ],
    command: (said, meta, { found, records }) => {
      const { personId } = found;
      const data = ExtendErasure.schema.parse({ ...said, personId, requestId: requestOf(found) });
      return records.extendErasure(data, meta);
    },
  },

  'erasure/refusal': {
    title: 'Refuse the erasure',
    lead: 'The record is kept. Tell the person why within the month, that they may complain to the Information Commissioner, and that they may go to court (UK GDPR Article 12(4)).',
    button: 'Refuse',
    day: 'When was it decided?',
    ...ofErasure,
    unavailable: nothingToAnswer,
    fields: () => [
      { kind: 'choice', name: 'because', label: 'Why?', values: erasureRefusals },
      {
        kind: 'words',
        name: 'reasons',
        label: 'Reasons',
        hint: 'The person and their practitioner read this: say nothing of an enquiry that they may not know of.',
      },
    ],
    command: (said, meta, { found, records }) => {
      const { personId } = found;
      return records.refuseErasure(
        RefuseErasure.schema.parse({ ...said, personId, requestId: requestOf(found) }),
        meta,
      );
    },
  },

  'erasure/agreement': {
    title: 'Agree to the erasure',
    lead: 'You decide that the record is to go. Somebody else carries it out. It is refused while the council owes the person something in law, or keeps such records by its schedule.',
    button: 'Agree',
    day: 'When was it decided?',
    ...ofErasure,
    unavailable: nothingToAnswer,
    fields: () => [
      { kind: 'choice', name: 'ground', label: 'On which ground?', values: erasureGrounds },
      {
        kind: 'day',
        name: 'retentionEndedOn',
        label: 'When did the time end for which the council keeps such records?',
        hint: 'By the council’s own schedule; councils keep adult social care records for eight years after care ended (Records Management Code of Practice). Leave it out only where it was processed unlawfully, or the law requires the erasure',
        optional: true,
      },
      { kind: 'words', name: 'reasons', label: 'Reasons' },
    ],
    command: (said, meta, { found, records }) => {
      const { personId } = found;
      return records.agreeErasure(AgreeErasure.schema.parse({ ...said, personId, requestId: requestOf(found) }), meta);
    },
  },

  'erasure/carry-out': {
    title: 'Erase the person',
    lead: 'There is no way back. The key to everything that was said of the person is destroyed: names, dates of birth, numbers, and all words. Nobody can read them again, here or in a copy.',
    button: 'Erase the person for ever',
    noWayBack: true,
    day: 'On which day?',
    ...ofErasure,
    unavailable: ({ found }) =>
      openErasureOf(found)?.agreed ? undefined : 'Nobody has agreed to erase this person, so there is nothing to do.',
    fields: () => [
      {
        kind: 'text',
        name: 'recordNumber',
        label: 'Type the number of the record',
        hint: 'It stands above, such as P-4471c0de. So nobody else is erased by mistake',
      },
    ],
    command: ({ recordNumber: typed }, meta, { found, records }) => {
      const { personId } = found;
      if (String(typed).toLowerCase() !== recordNumber(personId).toLowerCase())
        throw new InvalidInput([
          { rule: 'record-number-fits', field: 'recordNumber', message: 'This is not the number of this record.' },
        ]);
      return records.erasePerson(ErasePerson.schema.parse({ personId, requestId: requestOf(found) }), meta);
    },
  },

  death: {
    title: 'Record a death',
    lead: 'From the day after, nobody speaks for the person any more, and what was owed to them is owed no longer.',
    button: 'Record the death',
    day: 'On which day did the person die?',
    fields: () => [],
    fieldOf: { diedOn: 'effectiveOn' },
    command: (_, meta, { found: { personId } }) =>
      new RecordDeath(RecordDeath.schema.parse({ personId, diedOn: meta.effectiveOn }), meta),
    next: (personId) => `/people/${personId}`,
  },
} as const satisfies Readonly<Record<string, RecordForm>>;

const abilityWords: Readonly<Record<(typeof abilities)[number], string>> = {
  understand: 'Understand the information',
  retain: 'Keep it in mind for long enough',
  'use or weigh': 'Use or weigh it',
  communicate: 'Communicate the decision, by any means',
};
const abilityChoices: readonly Choice[] = abilities.map((value) => ({ value, text: abilityWords[value] }));

/** The second test as the command asks it: whole, or not at all. @throws InvalidInput */
function appropriatePersonOf(said: Said): { appropriatePerson?: unknown } {
  const person = (said['appropriatePerson'] ?? {}) as Record<string, unknown>;
  if (person['found'] === undefined) return { appropriatePerson: undefined };
  if (person['found'] === true && person['professionalOrPaid'] === undefined)
    throw new InvalidInput([
      {
        rule: 'input-shape',
        section: 'Care Act 2014 s67(5)',
        field: 'appropriatePerson.professionalOrPaid',
        message: 'Say whether they care for or treat the person as a professional, or for pay.',
      },
    ]);
  return { appropriatePerson: { professionalOrPaid: false, reasons: '', ...person } };
}
