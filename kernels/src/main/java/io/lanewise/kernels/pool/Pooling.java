package io.lanewise.kernels.pool;

import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;

/**
 * Plans poolings of sequences, images and volumes, of either layout. Global pooling is pooling over
 * {@link PoolShape#global}. Immutable; share it between threads.
 */
public interface Pooling {
  /** Max pooling. */
  MaxPool max(PoolShape shape, Layout layout);

  /**
   * Average pooling.
   *
   * @param countsPadding true if padding counts as zeros in the average
   */
  AvgPool average(PoolShape shape, boolean countsPadding, Layout layout);

  /**
   * Lp pooling; of p = 2 also called L2 pooling.
   *
   * @param p the norm's exponent
   * @throws IllegalArgumentException if p is below 1, infinite or NaN
   */
  LpPool lp(PoolShape shape, double p, Layout layout);

  /** Max pooling to a given number of outputs. */
  AdaptiveMaxPool adaptiveMax(AdaptivePoolShape shape, Layout layout);

  /** Average pooling to a given number of outputs. */
  AdaptiveAvgPool adaptiveAverage(AdaptivePoolShape shape, Layout layout);

  /**
   * What puts the results of max pooling back.
   *
   * @param x shape of what max pooling wrote: [n][c] and one to three axes
   * @param y shape of what it read: [n][c] and as many axes
   * @throws IllegalArgumentException if they are not like that
   */
  MaxUnpool maxUnpool(Shape x, Shape y, Layout layout);
}
