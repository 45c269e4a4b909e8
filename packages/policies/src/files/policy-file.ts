import { describeValue, InvalidFileError, InvalidOptionsError, NonFiniteError } from '@pg/core';
import type { NamedTensor } from '@pg/nn';
import { checkDocument } from './check-document.js';
import { decodeCheckedFile, encodeCheckedFile } from './checked-file.js';
import { type DescribedPolicy, describeCheckedPolicy, type PolicyDocument, parseDocument } from './policy-document.js';

/** A policy out of its file, which holds together. */
export interface PolicyFile {
  readonly document: PolicyDocument;
  readonly tensors: readonly NamedTensor[];
}

/**
 * A policy as a file; {@link decodePolicyFile} reads whatever is not refused.
 *
 * @throws NonFiniteError when a parameter is NaN or infinite
 * @throws InvalidOptionsError when the policy is one that no file can describe
 */
export function encodePolicyFile(where: string, policy: DescribedPolicy, tensors: readonly NamedTensor[]): Uint8Array<ArrayBuffer> {
  requireFinite(where, tensors);
  const pg = describeCheckedPolicy(policy);
  try {
    checkDocument(parseDocument(pg, where), tensors, where);
  } catch (cause) {
    if (!InvalidFileError.isInstance(cause)) throw cause;
    const { got, expected } = cause;
    throw new InvalidOptionsError({ where, got, expected, remedy: 'A file of such a policy could not be loaded: change the policy.', cause });
  }
  return encodeCheckedFile(pg, tensors);
}

/**
 * Reads what {@link encodePolicyFile} wrote. Files of earlier releases have no checksum.
 *
 * @throws InvalidFileError when it is cut short, damaged, foreign or of another version, or has parameters that are NaN or infinite
 */
export function decodePolicyFile(bytes: Uint8Array, where: string): PolicyFile {
  const { pg, tensors, isChecked } = decodeCheckedFile(bytes, where);
  const document = parseDocument(pg, where);
  if (document.checksum !== undefined && !isChecked) throw withoutChecksum(where);
  checkDocument(document, tensors, where);
  const flaw = findNonFinite(tensors);
  if (flaw === undefined) return { document, tensors };
  throw new InvalidFileError({ where, got: flaw, expected: 'finite parameters', remedy: 'The policy was ruined before it was saved: use an older file.' });
}

function withoutChecksum(where: string): InvalidFileError {
  const remedy = 'The file is damaged, or another program has changed it: use another copy.';
  return new InvalidFileError({ where, got: 'a file whose checksum is gone', expected: 'the one that its description tells of', remedy });
}

/** @throws NonFiniteError when a parameter is NaN or infinite */
export function requireFinite(where: string, tensors: readonly NamedTensor[]): void {
  const flaw = findNonFinite(tensors);
  if (flaw === undefined) return;
  throw new NonFiniteError({
    where,
    got: flaw,
    expected: 'finite parameters',
    remedy: 'The policy is ruined: go on from an older file, with a smaller learning rate.',
  });
}

function findNonFinite(tensors: readonly NamedTensor[]): string | undefined {
  for (const { name, values } of tensors) {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) return `${describeValue(values[i])} at element ${i} of ${name}`;
    }
  }
  return undefined;
}
