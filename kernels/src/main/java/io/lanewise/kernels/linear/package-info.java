/** Fully connected layers, forward and backward, on the matrix product. */
package io.lanewise.kernels.linear;
