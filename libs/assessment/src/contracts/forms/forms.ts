import { adultSelfAssessmentV1 } from './adult-self-assessment.v1.js';
import { carerSelfAssessmentV1 } from './carer-self-assessment.v1.js';
import type { AssessmentForm, AssessmentSubject, FormAnswer, FormQuestion, FormReference } from './form.js';

/** Every version of every form that was ever put to people. */
export const assessmentForms: readonly AssessmentForm[] = [adultSelfAssessmentV1, carerSelfAssessmentV1];

/** The form that is put to people today. */
export function currentForm(subject: AssessmentSubject): AssessmentForm {
  return assessmentForms.filter((form) => form.subject === subject).reduce((a, b) => (a.version > b.version ? a : b));
}

/** The questions as they were asked; undefined for a version that there never was. */
export const formOf = ({ id, version }: FormReference): AssessmentForm | undefined =>
  assessmentForms.find((form) => form.id === id && form.version === version);

/** Whether a question was answered: something chosen where there are choices, else something said. */
export const isAnswered = ({ choices }: FormQuestion, given: FormAnswer | undefined): boolean =>
  choices.length ? given?.answer !== undefined : (given?.words?.trim() ?? '') !== '';
