/**
 * Resampling: resize, grid sampling and regions of interest, forward and backward. Which inputs an
 * output reads and with which weights stands in tables; the loops over them are those of {@code
 * ResampleKernels}.
 */
package io.lanewise.kernels.resample;
