/**
 * The matrix product: {@code Gemm} (plan), {@code GemmLoops} and {@code MacroKernel} (loops),
 * {@code Packing}.
 */
package io.lanewise.kernels.gemm;
