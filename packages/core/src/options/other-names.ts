/**
 * What other libraries call an option, in small letters without underscores, and what it is called here. The names are those of
 * Stable-Baselines3, sb3-contrib, CleanRL, Gymnasium and PyTorch, and of the policies here among each other.
 */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  actionmask: ['mask'],
  actionmasks: ['masks', 'mask'],
  batchsize: ['minibatchSize'],
  clipcoef: ['clipRange'],
  cliprangevf: ['clipRangeValue'],
  clipvloss: ['clipRangeValue'],
  deterministic: ['greedy'],
  discount: ['gamma'],
  discountfactor: ['gamma'],
  entcoef: ['entropyCoef'],
  encoder: ['network'],
  entropycoefficient: ['entropyCoef'],
  eps: ['epsilon'],
  gaelambda: ['lambda'],
  gradclip: ['maxGradNorm'],
  hiddensize: ['units'],
  kernelsize: ['kernel'],
  lr: ['learningRate'],
  maxepisodesteps: ['maxSteps'],
  nenvs: ['numEnvs'],
  network: ['encoder'],
  nepochs: ['epochs'],
  nevalepisodes: ['episodes'],
  nsteps: ['rolloutLength'],
  numworkers: ['workers'],
  outchannels: ['filters'],
  numsteps: ['rolloutLength'],
  normalizeadvantage: ['normalizeAdvantages'],
  normadv: ['normalizeAdvantages'],
  tmax: ['rolloutLength'],
  totaltimesteps: ['steps'],
  updateepochs: ['epochs'],
  vfcoef: ['valueCoef'],
};

/** The known option that another library's name stands for, if it is one. */
export function translate(name: string, known: readonly string[]): string | undefined {
  const key = name.replaceAll('_', '').toLowerCase();
  return Object.hasOwn(otherNames, key) ? otherNames[key]!.find((own) => known.includes(own)) : undefined;
}
