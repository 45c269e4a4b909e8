/** Text, lines and grid of a plot. */
export const ink = { text: '#333333', axis: '#666666', grid: '#e6e6e6', reference: '#777777', paper: '#ffffff' } as const;

/** A white rim that keeps text readable on the grid and on curves. */
export const halo = { stroke: ink.paper, 'stroke-width': 3, 'paint-order': 'stroke' } as const;

/** The colours of Okabe and Ito (2008), told apart with any colour vision; without the yellow, which is faint on white. */
const okabeIto = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'] as const;

const dashes = ['', '7 4', '2 4'] as const;

/** The colour and the dashes of a series: after seven series the colours come again, dashed. */
export function strokeOf(series: number): { readonly color: string; readonly dash: string } {
  return {
    color: okabeIto[series % okabeIto.length]!,
    dash: dashes[Math.floor(series / okabeIto.length) % dashes.length]!,
  };
}
