package io.lanewise.kernels.resample;

import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * ROI pooling, forward and backward (Girshick, Fast R-CNN, ICCV 2015, §2.1; ONNX's MaxRoiPool): a
 * region is rounded to whole pixels, its bins overlap by a pixel where they do not divide it, and
 * each gives its greatest pixel: the first of equals, or the first NaN. A bin outside the image is
 * 0 and has index -1. Immutable; share it between threads.
 */
public interface RoiPool {
  /** What it computes. */
  RoiShape shape();

  /**
   * Pools the regions.
   *
   * @param x [n][c][ih][iw], read
   * @param regions [rois][4], (x1, y1, x2, y2), read; a NaN counts as 0
   * @param images [rois], which image each region belongs to, read
   * @param y [rois][c][ph][pw], written; may share elements with neither
   * @param indices y's size, written: where in the plane [ih][iw] the greatest was found, or -1
   */
  void forward(Tensor x, Tensor regions, int[] images, Tensor y, int[] indices, Parallel par);

  /**
   * The gradient by x: {@code dx[img][c][index] = Σ of dy over the bins with that index}, regions
   * in order.
   *
   * @param dy [rois][c][ph][pw], read
   * @param images those of {@link #forward}, read
   * @param indices from {@link #forward}, read
   * @param dx [n][c][ih][iw], written; may not share elements with dy
   */
  void backward(Tensor dy, int[] images, int[] indices, Tensor dx, Parallel par);
}
