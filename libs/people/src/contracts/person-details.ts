import { z } from 'zod';
import { coded, personal, plainDate } from './shapes.js';

/** Fields of the details that identify somebody: ciphertext under the person's own key, wherever they are stored. */
export const personalDetails = [
  'firstName',
  'lastName',
  'nhsNumber',
  'localId',
  'dateOfBirth',
  'postcode',
  'gpPracticeName',
  'gpPracticeCode',
] as const;

/** Who a person is, as the council knows it. The first eight fields are personal, the others are clear. */
export const personDetails = z.strictObject({
  firstName: personal.optional(),
  lastName: personal.optional(),
  nhsNumber: personal.optional(),
  /** The council's own number of the person (LA Person Unique Identifier). */
  localId: personal.optional(),
  dateOfBirth: plainDate.optional(),
  postcode: personal.optional(),
  gpPracticeName: personal.optional(),
  gpPracticeCode: personal.optional(),
  birthYear: z.int().min(1850).max(2200).optional(),
  /** Outward code and the first figure of the inward one: `ZZ1 4`. */
  postcodeSector: coded.optional(),
  gender: coded.optional(),
  ethnicity: coded.optional(),
  accommodationStatus: coded.optional(),
  employmentStatus: coded.optional(),
  hasUnpaidCarer: coded.optional(),
  autism: coded.optional(),
  visualImpairment: coded.optional(),
  hearingImpairment: coded.optional(),
  dementia: coded.optional(),
});
export type PersonDetails = z.infer<typeof personDetails>;
