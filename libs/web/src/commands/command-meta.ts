import { randomUUID } from 'node:crypto';
import type { Account } from '@caretrail/access';
import { type CommandMeta, InvalidInput, isPlainDate } from '@caretrail/kernel';
import type { FastifyRequest } from 'fastify';
import { v5 as derivedUuid } from 'uuid';
import { FIRST_DAY } from '../as-of/uk-date.js';

const COMMAND_ID = /^[\w.:-]{8,100}$/;
/** Any fixed UUID does: it only keeps these ids apart from other name-based ones. */
const MADE_BY_COMMAND = '5c1f5bb5-2c0d-4f5e-9a67-4f0c2f6a7d13';

/**
 * The id of what a command makes, where its sender names none. It follows from the command, so that the same command sent
 * again makes nothing else, and is answered with the same id. With a random command id it is as random as that.
 */
export const idMadeBy = ({ tenant, commandId }: Pick<CommandMeta, 'tenant' | 'commandId'>): string =>
  derivedUuid(`${tenant}/${commandId}`, MADE_BY_COMMAND);

/**
 * The meta of a command that a signed-in person sends: the id of the request is the command's, so that sending the
 * same form or the same API call twice has one effect. APIs name it in `Idempotency-Key`, forms in a hidden field.
 * @throws InvalidInput for an id that is not 8–100 letters, digits, `.`, `:`, `_` or `-`, or a day that does not exist or lies
 * before 1900.
 */
export function commandMetaOf(
  account: Account,
  request: Pick<FastifyRequest, 'headers'> & { readonly shown?: string },
  given: { readonly effectiveOn: string; readonly commandId?: string },
): CommandMeta {
  const header = request.headers['idempotency-key'];
  const commandId = given.commandId ?? (Array.isArray(header) ? header[0] : header) ?? randomUUID();
  if (!COMMAND_ID.test(commandId))
    throw new InvalidInput([
      {
        rule: 'idempotency-key-is-well-formed',
        field: 'Idempotency-Key',
        message: 'The Idempotency-Key must be 8 to 100 letters, digits, dots, colons, underscores or hyphens.',
      },
    ]);
  if (!isPlainDate(given.effectiveOn) || given.effectiveOn < FIRST_DAY)
    throw new InvalidInput([
      {
        rule: 'effective-day-is-given',
        field: 'effectiveOn',
        message: 'Give the day on which this is true, as a real calendar day since 1900, for example 2026-03-14.',
      },
    ]);
  const { id, role, team } = account;
  return {
    tenant: account.tenant,
    // A person's key says nothing about another person's: both may choose the same one.
    commandId: `${id}/${commandId}`,
    actor: { id, role, ...(team && { team }) },
    effectiveOn: given.effectiveOn,
    ...(request.shown && { shown: request.shown }),
    ...(account.personId && role === 'person' && { onBehalfOf: account.personId }),
  };
}
