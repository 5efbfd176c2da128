/** What each figure means, in words: shown on the page, and the meaning that the queries are tested against. */
export const definitions = [
  {
    term: 'People',
    meaning:
      'People with at least one package that is open on the day: it started on the day or before, and its last day, if one is recorded, is the day or later. A death that is known ends a person’s packages on the day of death, and none starts after it. Each person counts once, unpaid carers included.',
  },
  {
    term: 'Area',
    meaning:
      'Where the person is known to live, by postcode sector: the name that the council gave the sector or its district, else the postcode district. Not recorded: no postcode is known.',
  },
  {
    term: 'Service',
    meaning:
      'Service components of Client Level Data that are bought as one market, such as long and short term residential care. Where no component is recorded, the service type decides.',
  },
  {
    term: 'Hours a week',
    meaning:
      'Planned units a week of open packages that are paid by the hour, to the nearest 50 or coarser (see Small numbers).',
  },
  { term: 'Beds', meaning: 'People with an open package of residential or nursing care, one bed for each.' },
  {
    term: 'Cost a week',
    meaning:
      'The rate of each open package for one week, added up, to the nearest £1,000 or coarser (see Small numbers): an hourly, daily or session rate times the planned units; a fortnightly rate ÷ 2, a 4-weekly one ÷ 4, a monthly one × 12 ÷ 52, a quarterly one × 4 ÷ 52, a yearly one ÷ 52. Client contributions are not taken off.',
  },
  {
    term: 'Typical price',
    meaning:
      'The median of the packages’ prices: for one hour where the service is bought by the hour, else for one week. Packages count alike, whatever their size. To the nearest 10p an hour or £10 a week. Lowest and highest tenth: one package in ten costs less, and one in ten more; told where at least 50 people have such a package.',
  },
  {
    term: 'Packages without a price',
    meaning:
      'Open packages of which no weekly cost can be worked out: no rate, a one-off sum, or no planned units. They are in the counts of people and not in cost or prices.',
  },
  {
    term: 'Wait',
    meaning:
      'Days from a request to the next day on which a service to that person starts (0 for the same day), of services that started in the twelve months up to the day. Typical is the median. Where several requests come before one start, the wait runs from the first. Requests that ended with no further action, in hospital, or in the support that the person had already are left out.',
  },
  {
    term: 'People waiting',
    meaning:
      'People with such a request, on the day or before, after which no service has started by the day; nobody waits after their death. A request does not say for which service, so this is for all services together.',
  },
  {
    term: 'Change',
    meaning: 'Against the same figure twelve months before the day, as known on the same known day.',
  },
  {
    term: 'Small numbers',
    meaning:
      'A figure that rests on 1 to 4 people is shown as *, and so is a second one where the rest of its row or column, by area or by service, would give the first away. This is decided once for all areas and services of a day, so that choosing a service or an area shows nothing that the whole table hides. Counts of people are to the nearest 5. Sums of hours and pounds are rounded to a step that is no smaller than what any one of their people has: 50 hours or £1,000, or the next of 100, 200, 500 and so on where one person has more. A sum of less than half a step is shown as none. So two sums of the same people but one, such as those of two days, do not tell what that one has.',
  },
  {
    term: 'What rounding does not hide',
    meaning:
      'That a rounded figure changed from one day to the next: one person can tip a count or a sum over to the next step. Medians of prices and waits rest on at least 5 people, but are of real packages and waits: a change of a median can show about where one person’s price or wait lies. What is hidden is decided for each pair of days by itself. Numbers of events are exact for the whole council, and to the nearest 5 (5 at the least) where a service or an area is chosen.',
  },
] as const;
