import { describe, expect, it } from '@jest/globals';
import { alertFrom } from './alert-form.js';

const typed = {
  adults: ' P-4471c0de\n9999c0de ',
  typesOfRisk: ['Physical Abuse', 'Self-Neglect'],
  sourceOfRisk: 'Service Provider',
  locationOfRisk: 'Own Home',
  happenedOn: '2/3/2026',
  account: 'A fall.',
  'raisedBy.name': 'Ward sister',
  'raisedBy.relation': 'Health worker',
  consent: 'not asked',
  reasonToActWithoutConsent: 'Could not be asked.',
  immediateProtection: 'In hospital.',
  effectiveOn: '3/3/2026',
};

describe('the page of an alert', () => {
  it('becomes an alert and its day', () => {
    const { told, effectiveOn } = alertFrom(typed);
    expect(effectiveOn).toBe('2026-03-03');
    expect(told).toMatchObject({
      adults: ['P-4471c0de', '9999c0de'],
      typesOfRisk: ['Physical Abuse', 'Self-Neglect'],
      happenedOn: '2026-03-02',
      raisedBy: { name: 'Ward sister', relation: 'Health worker' },
      reasonToActWithoutConsent: 'Could not be asked.',
    });
  });

  it('takes one type of risk as browsers send it, alone', () => {
    expect(alertFrom({ ...typed, typesOfRisk: 'Domestic Abuse' }).told.typesOfRisk).toEqual(['Domestic Abuse']);
  });

  it('does not keep a reason to act without consent where the adult agrees', () => {
    expect(alertFrom({ ...typed, consent: 'asked, agrees' }).told).not.toHaveProperty('reasonToActWithoutConsent');
  });

  it('names every field that is missing or wrong, and repeats nothing that was typed', () => {
    try {
      alertFrom({ adults: '', happenedOn: 'yesterday', sourceOfRisk: 'The neighbour', effectiveOn: '3/3/2026' });
      expect('refused').toBe('accepted');
    } catch (error) {
      const { faults } = error as { faults: { field: string; message: string }[] };
      expect(faults.map(({ field }) => field)).toEqual([
        'adults',
        'typesOfRisk',
        'sourceOfRisk',
        'locationOfRisk',
        'happenedOn',
        'account',
        'immediateProtection',
        'raisedBy.name',
        'raisedBy.relation',
        'consent',
      ]);
      expect(JSON.stringify(faults)).not.toContain('neighbour');
    }
  });
});
