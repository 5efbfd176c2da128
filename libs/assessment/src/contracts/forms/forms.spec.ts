import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  ABLE,
  carerOutcomes,
  meaningsOfUnable,
  outcomes,
  questionOfCarerOutcome,
  questionOfOutcome,
} from '../index.js';
import { formAnswer, PREFER_NOT_TO_SAY } from './form.js';
import { assessmentForms, currentForm, formOf, isAnswered } from './forms.js';

/** The wording of each version, for ever: people answered these questions. Another wording is another version. */
const asPublished: Readonly<Record<string, string>> = {
  'adult-self-assessment.v1': '4d2a7d80e23ecdb2',
  'carer-self-assessment.v1': '8f997ef145a2aa8a',
};

describe('the forms', () => {
  it('are never changed once they were put to people', () => {
    const now = assessmentForms.map((form) => [
      `${form.id}.v${form.version}`,
      createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(now)).toEqual(asPublished);
  });
  it('are found by id and version', () => {
    expect(formOf({ id: 'adult-self-assessment', version: 1 })?.subject).toBe('adult');
    expect(formOf({ id: 'adult-self-assessment', version: 99 })).toBeUndefined();
    expect(currentForm('carer').id).toBe('carer-self-assessment');
  });
  it('ask about every outcome, with the meanings of unable that the law has', () => {
    const adult = currentForm('adult').questions;
    const carer = currentForm('carer').questions;
    for (const outcome of outcomes)
      expect(adult.find(({ id }) => id === questionOfOutcome[outcome])?.choices.map(({ value }) => value)).toEqual([
        ABLE,
        ...meaningsOfUnable,
        PREFER_NOT_TO_SAY,
      ]);
    for (const outcome of carerOutcomes)
      expect(carer.find(({ id }) => id === questionOfCarerOutcome[outcome])?.choices).toHaveLength(5);
  });
  it('say each question in easy words too, under an id of its own', () => {
    for (const { questions } of assessmentForms) {
      expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
      for (const { id, asked, easyRead } of questions) {
        expect(asked.endsWith('?')).toBe(true);
        expect(easyRead.length).toBeGreaterThan(10);
        expect(() => formAnswer.parse({ question: id })).not.toThrow();
      }
    }
  });
  it('know when a question was answered', () => {
    const [words, choice] = currentForm('adult').questions;
    expect(isAnswered(words!, { question: words!.id, words: ' ' })).toBe(false);
    expect(isAnswered(words!, { question: words!.id, words: 'My garden' })).toBe(true);
    expect(isAnswered(choice!, { question: choice!.id, words: 'Not sure' })).toBe(false);
    expect(isAnswered(choice!, { question: choice!.id, answer: ABLE })).toBe(true);
    expect(isAnswered(choice!, undefined)).toBe(false);
  });
});
