import { describe, expect, it } from '@jest/globals';
import { Conflict, Forbidden, InvalidInput, NotFound, RuleViolation, Unavailable } from '@caretrail/kernel';
import { BadRequestException, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { problemOf } from './problem.js';
import { wantsPage, withoutMessage } from './problem.filter.js';

describe('problem details', () => {
  const statuses: [unknown, number][] = [
    [new RuleViolation([]), 422],
    [new InvalidInput([]), 400],
    [new Conflict('c'), 409],
    [new NotFound('n'), 404],
    [new Forbidden('f'), 403],
    [new Unavailable('u'), 503],
    [new NotFoundException(), 404],
    [new BadRequestException('b'), 400],
    [Object.assign(new Error('big'), { statusCode: 413 }), 413],
    [new Error('secret'), 500],
    [new Error('Connection terminated unexpectedly'), 503],
    [Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }), 503],
    ['text', 500],
  ];
  it.each(statuses.map(([error, status]) => ({ error, status, name: error instanceof Error ? error.name : 'text' })))(
    '$name has the status $status',
    ({ error, status }) => expect(problemOf(error).status).toBe(status),
  );

  it('carry rule, section and field of the first fault, and all faults', () => {
    const faults = [
      { rule: 'every-need-is-met', section: 'Care Act 2014 s25(1)', field: 'needs.0', message: 'One need is not met.' },
      { rule: 'other', message: 'Another.' },
    ];
    expect(problemOf(new RuleViolation(faults))).toEqual({
      type: 'urn:caretrail:problem:rule',
      title: 'The rules do not allow this',
      status: 422,
      detail: 'One need is not met. Another.',
      rule: 'every-need-is-met',
      section: 'Care Act 2014 s25(1)',
      field: 'needs.0',
      faults,
    });
  });

  it('name the field of a schema that was not met', () => {
    const { error } = z.object({ lines: z.array(z.object({ pence: z.int() })) }).safeParse({ lines: [{ pence: 'x' }] });
    expect(problemOf(error)).toMatchObject({ status: 400, rule: 'input-shape', field: 'lines.0.pence' });
  });

  it('do not say that nothing was stored when that is not known', () => {
    const { detail } = problemOf(Object.assign(new Error('secret'), { code: '57P01' }));
    expect(detail).toMatch(/not known.*same Idempotency-Key/);
    expect(detail).not.toContain('secret');
  });

  it('tell and log nothing of what an unforeseen error says', () => {
    const error = new Error('duplicate key (name)=(Mary Sample)');
    expect(JSON.stringify(problemOf(error))).not.toContain('Mary');
    expect(withoutMessage(error)).toMatch(/^Error\n\s+at /);
    expect(withoutMessage(error)).not.toContain('Mary');
  });

  it('go to programs, pages to browsers', () => {
    const accept = 'text/html,application/xhtml+xml';
    expect(wantsPage({ url: '/concerns', headers: { accept } })).toBe(true);
    expect(wantsPage({ url: '/api/people', headers: { accept } })).toBe(false);
    expect(wantsPage({ url: '/concerns', headers: { accept: 'application/json' } })).toBe(false);
  });
});
