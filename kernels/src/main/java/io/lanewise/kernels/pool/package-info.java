/**
 * Pooling, forward and backward: {@link io.lanewise.kernels.pool.Pooling} plans it. {@code
 * PoolAxis} says where windows lie along an axis, {@code PoolForward}, {@code PoolBackward} and
 * {@code AverageBackward} are the loops.
 *
 * <p>Memory bounds it: a forward pass, channels last, reads and writes once. A gradient of an
 * average adds rows first, others add to their inputs several times. Channels first, transposing
 * costs a forward pass, or an average's gradient, two thirds of its time; other gradients run
 * element by element.
 */
package io.lanewise.kernels.pool;
