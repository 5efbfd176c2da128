import { InvalidInput } from '@caretrail/kernel';
import type { FastifyReply } from 'fastify';
import { problemOf } from './problem.js';

/** Answers an address that cannot be one, before any route is looked for; nothing of it is quoted. */
export function refuseAddress(reply: FastifyReply, message: string): void {
  const problem = problemOf(new InvalidInput([{ rule: 'address-is-text', message }]));
  void reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

/** Options for `new FastifyAdapter(…)`: the web server itself refuses some addresses, which no filter sees. */
export const unreadableAddresses = {
  frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply): void =>
    refuseAddress(reply, 'The address cannot be read. Write a percent sign in it as %25.'),
};
