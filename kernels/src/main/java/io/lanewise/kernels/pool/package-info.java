/** Pooling, forward and backward. */
package io.lanewise.kernels.pool;
