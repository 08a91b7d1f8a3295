package io.lanewise.propertytests;

/** What a case, or all cases of a law, came to; the worse comes later. */
public enum Verdict {
  /** Every check passed. */
  HOLDS,
  /** The backend does not offer this operation, or not for this shape. */
  NOT_OFFERED,
  /** The case proved nothing: outputs nearly all zero in every draw, or nothing was checked. */
  PROVED_NOTHING,
  /** A check failed, or the backend threw an exception. */
  FAILS
}
