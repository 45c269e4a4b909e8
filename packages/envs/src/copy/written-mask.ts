import { InvalidActionError, InvalidShapeError } from '@pg/core';
import { ContractBreach } from './contract-breach.js';

/** What a mask's entries are before anybody has written them. */
const UNWRITTEN = 255;

/** Forgets what the mask of one copy was, so that {@link checkMask} sees what has not been written. */
export function clearMask(masks: Uint8Array, offset: number, choices: number): void {
  masks.fill(UNWRITTEN, offset, offset + choices);
}

/**
 * Checks what was written of one copy: each entry 0 or 1, one of them 1. Hot: no allocation.
 *
 * @throws ContractBreach naming the entry
 */
export function checkMask(masks: Uint8Array, offset: number, choices: number): void {
  let allowed = 0;
  for (let i = 0; i < choices; i++) {
    const entry = masks[offset + i]!;
    if (entry > 1) throw wrongEntry(i, entry);
    allowed += entry;
  }
  if (allowed === 0) throw nothingAllowed(choices);
}

function wrongEntry(index: number, entry: number): ContractBreach {
  return new ContractBreach(InvalidShapeError, {
    got: entry === UNWRITTEN ? `a mask whose entry ${index} was not written` : `a mask with ${entry} at entry ${index}`,
    expected: '1 for every action that is allowed, 0 for others',
    remedy: 'Write every entry from offset on.',
  });
}

function nothingAllowed(choices: number): ContractBreach {
  return new ContractBreach(InvalidActionError, {
    got: `a mask that allows none of the ${choices} actions`,
    expected: 'at least one allowed action',
    remedy: 'Allow an action, or end the episode where there is nothing to do.',
  });
}
