import { describe, expect, it } from '@jest/globals';
import { InvalidInput, NotFound, RuleViolation } from '@caretrail/kernel';
import { z } from 'zod';
import { formState } from './form-state.js';

describe('a form that comes back', () => {
  it('keeps what was typed, and links each error to its field', () => {
    const error = new InvalidInput([{ rule: 'r', field: 'lines.0.amount', message: 'Enter an amount.' }]);
    const state = formState({ name: 'typed' }, error);
    expect(state.values).toEqual({ name: 'typed' });
    expect(state.errors).toEqual({ 'lines.0.amount': 'Enter an amount.' });
    expect(state.summary).toEqual([{ text: 'Enter an amount.', href: '#lines-0-amount' }]);
  });

  it('names the section of a rule that no field is at fault for', () => {
    const error = new RuleViolation([{ rule: 'r', section: 'Care Act 2014 s25', message: 'A need is not met.' }]);
    expect(formState({}, error).summary).toEqual([{ text: 'A need is not met. (Care Act 2014 s25)' }]);
  });

  it('takes the issues of a schema', () => {
    const { error } = z.object({ day: z.string('Enter a day') }).safeParse({});
    expect(formState({}, error).errors).toEqual({ day: 'Enter a day' });
  });

  it('does not swallow what its reader cannot put right', () => {
    expect(() => formState({}, new NotFound('gone'))).toThrow('gone');
    expect(() => formState({}, new TypeError('broken'))).toThrow('broken');
  });

  it('has no errors at first', () => expect(formState(undefined)).toEqual({ values: {}, errors: {}, summary: [] }));
});
