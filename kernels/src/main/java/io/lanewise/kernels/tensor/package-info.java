/** A shape and a window onto a {@code float[]}; no arithmetic. */
package io.lanewise.kernels.tensor;
