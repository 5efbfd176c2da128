/** The colours that charts share with the style sheet; contrasts are measured on white. */
export const palette = {
  ink: '#0b0c0c',
  muted: '#484949',
  navy: '#0f385c',
  own: '#206095',
  others: '#b4b9bd',
  othersEdge: '#6f777b',
  plum: '#871a5b',
  sky: '#27a0cc',
  grid: '#d9dcde',
} as const;

/** Single quotes: double ones would end the attribute in which the name stands. */
export const chartFont = "'Source Sans 3', arial, sans-serif";
