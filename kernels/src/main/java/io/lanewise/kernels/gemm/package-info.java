/**
 * The matrix product: {@code Gemm} (plan), {@code GemmLoops}, {@code FreshPanels} and {@code
 * MacroKernel} (loops), {@code Packing}; {@code MatrixVector} for a single row or column.
 */
package io.lanewise.kernels.gemm;
