/**
 * What every operation means: the naive version beside each fast one. Nothing that ships depends on
 * it.
 */
package io.lanewise.kernels.reference;
