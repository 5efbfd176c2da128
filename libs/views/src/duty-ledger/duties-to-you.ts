/** What a duty means for the person to whom it is owed, in plain words, by its name. Kept apart from the law's own words. */
export const dutiesToYou: Readonly<Record<string, string>> = {
  assess: 'We must find out what care and support you need.',
  'assess-carer': 'We must find out what support you need as a carer.',
  'arrange-advocate': 'We must find somebody independent who helps you to take part: an advocate.',
  'give-assessment': 'We must give you your assessment in writing.',
  'give-eligibility-reasons': 'We must tell you in writing what we decided, and why.',
  'ask-wishes': 'We must ask you what you want.',
  'establish-residence': 'We must find out which council is responsible for you.',
  'give-advice': 'We must give you written advice on what else can help.',
  'meet-needs': 'We must make sure that your needs are met.',
  'meet-carer-needs': 'We must make sure that you get support as a carer.',
  'decide-budget': 'We must decide how much money it takes to meet your needs.',
  'assess-means': 'We must find out what you can pay.',
  'state-budget': 'We must tell you your budget: what it costs, what you pay and what we pay.',
  'offer-direct-payment': 'We must tell you how you can hold the money, and let you choose.',
  plan: 'We must make a plan with you.',
  'meet-open-need': 'One of your needs is not met yet. We must find a way.',
  'give-plan': 'We must give you a copy of your plan.',
  review: 'We must look at your plan again with you.',
  'review-on-request': 'You, or somebody for you, asked for your plan to be looked at again. We must answer.',
  'answer-erasure-request': 'You asked us to erase what we hold about you. We must answer.',
  'review-direct-payment': 'We must check with you how your direct payment works.',
};

/** A duty in plain words; those of the law where there are no others. */
export const toYou = ({ name, words }: { readonly name: string; readonly words: string }): string =>
  dutiesToYou[name] ?? words;
