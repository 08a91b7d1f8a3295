/**
 * Elementwise arithmetic with broadcasting, reductions, cumulative sums, selections and NumPy's
 * matrix product: {@code Arithmetic} plans them; {@code Blocks} and {@code Folding} are the loops.
 */
package io.lanewise.kernels.arithmetic;
