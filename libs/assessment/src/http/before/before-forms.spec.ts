import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { conclusionFrom, endingFrom, requestFrom, urgentNeedFrom } from './before-forms.js';

const fieldsRefused = (read: () => unknown): (string | undefined)[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};
const effectiveOn = '14/3/2026';

describe('what is typed before an assessment', () => {
  it('is a request by one of the routes, on a day', () => {
    expect(requestFrom({ route: 'Prison', effectiveOn })).toEqual({ route: 'Prison', effectiveOn: '2026-03-14' });
    expect(fieldsRefused(() => requestFrom({ route: 'By horse', effectiveOn: '31/2/2026' }))).toEqual([
      'route',
      'effectiveOn',
    ]);
  });

  it('is what came of it, from the list', () => {
    expect(conclusionFrom({ outcome: 'NFA: Other', effectiveOn })).toEqual({
      outcome: 'NFA: Other',
      effectiveOn: '2026-03-14',
    });
    expect(fieldsRefused(() => conclusionFrom({ outcome: 'Nothing', effectiveOn: '' }))).toEqual([
      'outcome',
      'effectiveOn',
    ]);
  });

  it('is an urgent need: what it is, what is done, and what is left; words are left to the rules', () => {
    expect(
      urgentNeedFrom({
        needs: ['nutrition', 'other'],
        provided: ' Meals. ',
        leftForLater: 'assessment of needs',
        lookAgainOn: '21/3/2026',
        effectiveOn,
      }),
    ).toEqual({
      needs: ['nutrition'],
      provided: 'Meals.',
      reasons: '',
      leftForLater: ['assessment of needs'],
      lookAgainOn: '2026-03-21',
      effectiveOn: '2026-03-14',
    });
    expect(fieldsRefused(() => urgentNeedFrom({}))).toEqual(['effectiveOn', 'lookAgainOn']);
  });

  it('is why urgent help ends', () => {
    expect(endingFrom({ reason: 'no longer urgent', effectiveOn }).reason).toBe('no longer urgent');
    expect(fieldsRefused(() => endingFrom({ effectiveOn }))).toEqual(['reason']);
  });
});
