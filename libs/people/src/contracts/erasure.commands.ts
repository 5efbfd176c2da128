import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { erasureAgreement, erasureExtension, erasureRefusal, erasureRequest } from './erasure.events.js';
import { uuid } from './shapes.js';

export type RequestErasureData = z.infer<typeof erasureRequest>;
/** Keeps that somebody asks to be erased, on the day on which the council received it. */
export class RequestErasure extends Command<RequestErasureData> {
  static readonly schema = erasureRequest;
  readonly type = 'people.request-erasure';
}

export type ExtendErasureData = z.infer<typeof erasureExtension>;
/** Takes two further months for the answer, on the day on which the person is told so. */
export class ExtendErasure extends Command<ExtendErasureData> {
  static readonly schema = erasureExtension;
  readonly type = 'people.extend-erasure';
}

export type RefuseErasureData = z.infer<typeof erasureRefusal>;
/** Keeps the record, with the reason that the law allows. */
export class RefuseErasure extends Command<RefuseErasureData> {
  static readonly schema = erasureRefusal;
  readonly type = 'people.refuse-erasure';
}

/** Duties that are open towards the person, in words with their section. Put in at the edge; what a sender gives is replaced. */
const owed = z.array(z.string()).optional();

const agreeErasure = erasureAgreement.extend({ owed });
export type AgreeErasureData = z.infer<typeof agreeErasure>;
/** Decides that the record is to be erased. */
export class AgreeErasure extends Command<AgreeErasureData> {
  static readonly schema = agreeErasure;
  readonly type = 'people.agree-erasure';
}

const erasePerson = z.strictObject({ personId: uuid, requestId: uuid, owed });
export type ErasePersonData = z.infer<typeof erasePerson>;
/** Carries out what somebody else agreed to. There is no way back. */
export class ErasePerson extends Command<ErasePersonData> {
  static readonly schema = erasePerson;
  readonly type = 'people.erase-person';
}
