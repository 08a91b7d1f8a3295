/**
 * Operations on 8-bit integers that stand for floats, and weights kept in 8 or 16 bits: {@link
 * io.lanewise.kernels.quantised.Quantised} offers them, {@link
 * io.lanewise.kernels.quantised.Calibration} chooses scales. Sums are those of 32-bit integers, to
 * the bit; ADR 12 tells how float arithmetic computes them.
 */
package io.lanewise.kernels.quantised;
