/**
 * Normalisation: batch, group, instance and layer norm, root mean square, length, mean and
 * variance, local response.
 *
 * <p>Statistics and the sums of gradients are taken in float64, in an order that follows from the
 * shape; the rest is one pass in float32. {@link io.lanewise.kernels.norm.BatchNormFolding} puts a
 * trained batch norm into the weights of the convolution before it.
 */
package io.lanewise.kernels.norm;
