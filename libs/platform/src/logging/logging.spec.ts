import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { QueryFailedError } from 'typeorm';
import { describeError } from './logging.js';

describe('what is logged of an error', () => {
  it('is all of an ordinary one', () => {
    expect(describeError(new TypeError('x is not a function'))).toMatchObject({
      type: 'TypeError',
      message: 'x is not a function',
      stack: expect.stringContaining('logging.spec'),
    });
  });

  it('never holds what the database quotes', () => {
    const answered = new pg.DatabaseError('invalid input syntax for type uuid: "Quillon Example"', 100, 'error');
    Object.assign(answered, {
      code: '22P02',
      severity: 'ERROR',
      detail: 'Key (name)=(Quillon Example) exists',
      constraint: 'one_name',
    });
    const wrapped = new QueryFailedError('insert into person values ($1)', ['Quillon Example'], answered);
    for (const error of [answered, wrapped, { type: 'Error', raw: wrapped }]) {
      const logged = describeError(error);
      expect(logged).toMatchObject({ code: '22P02', constraint: 'one_name' });
      expect(JSON.stringify(logged)).not.toContain('Quillon');
    }
  });

  it('never holds a piece of a body that could not be parsed', () => {
    try {
      JSON.parse('{"name": Quillon}');
    } catch (error) {
      expect((error as Error).message).toContain('Quillon');
      expect(JSON.stringify(describeError(error))).not.toContain('Quillon');
    }
    expect.assertions(2);
  });
});
