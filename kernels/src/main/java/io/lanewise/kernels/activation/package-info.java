/** Elementwise nonlinearities, forward and backward. */
package io.lanewise.kernels.activation;
