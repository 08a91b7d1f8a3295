/**
 * Pooling, forward and backward: {@link io.lanewise.kernels.pool.Pooling} plans it. {@code
 * PoolAxis} says where windows lie along an axis, {@code PoolForward} and {@code PoolBackward} are
 * the loops.
 *
 * <p>Memory bounds it, so a forward pass, channels last, reads and writes once, at 0.75 to 0.95 of
 * a copy's bandwidth for 64 x 112 x 112 by 3 x 3 windows. Gradients reach 0.3 to 0.5: overlapping
 * windows add to their inputs several times. Channels first, transposing costs a forward pass two
 * thirds of its time, and gradients run element by element.
 */
package io.lanewise.kernels.pool;
