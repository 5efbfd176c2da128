import { InvalidInput } from '@caretrail/kernel';
import { z } from 'zod';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const STREAM = /^[a-z]+\.[a-z-]+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => UUID.test(text);

const number = z.coerce
  .number({ error: 'Give the number of a checkpoint, as the list has it.' })
  .int({ error: 'Give the number of a checkpoint, as the list has it.' })
  .positive({ error: 'Give the number of a checkpoint, as the list has it.' })
  .max(Number.MAX_SAFE_INTEGER, { error: 'Give the number of a checkpoint, as the list has it.' });

/** Query of the evidence. */
export interface EvidenceRequest {
  readonly stream?: string | undefined;
  readonly person?: string | undefined;
  /** Number of the checkpoint from which the evidence goes on. */
  readonly older?: number | undefined;
}

const evidence = z
  .object({
    stream: z
      .string()
      .regex(STREAM, { error: 'Give the name of a stream, as the event explorer shows it.' })
      .optional(),
    person: z
      .string()
      .regex(UUID, { error: 'Give the id of a record: 32 digits and letters with hyphens.' })
      .optional(),
    older: number.optional(),
  })
  .refine(({ stream, person }) => stream !== undefined || person !== undefined, {
    error: 'Say which events: stream, the name of a stream, or person, the id of a record.',
    path: ['stream'],
  });

/** @throws InvalidInput with the field that is wrong */
export function evidenceRequest(query: unknown): EvidenceRequest {
  const { success, data, error } = evidence.safeParse(query ?? {});
  if (success) return data;
  throw new InvalidInput(
    error.issues.map(({ path, message }) => ({ rule: 'evidence-is-of-something', field: path.join('.'), message })),
  );
}

/** The number of a checkpoint, from an address; undefined where none is given. @throws InvalidInput where it is none */
export function checkpointNumber(text: unknown, field: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const { success, data, error } = number.safeParse(text);
  if (success) return data;
  throw new InvalidInput([{ rule: 'checkpoint-has-a-number', field, message: error.issues[0]!.message }]);
}
