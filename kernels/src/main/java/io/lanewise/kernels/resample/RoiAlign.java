package io.lanewise.kernels.resample;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.tensor.Tensor;

/**
 * ROI align, forward and backward (He et al., Mask R-CNN, ICCV 2017, §3): each bin of a region is
 * the mean, or the greatest, of bilinear samples inside it. Samples more than a pixel outside the
 * image are 0, those nearer are taken from its border. The greatest is the first of equals, or the
 * first NaN; it is the greatest interpolated value, where ONNX's reference and ONNX Runtime take
 * the greatest weighted pixel (onnx/onnx issue 4764, microsoft/onnxruntime issue 6146). Pixels of
 * weight 0 are not read. A bin without samples (of a region without extent) is 0. There is no
 * gradient by the regions. Immutable; share it between threads.
 */
public interface RoiAlign {
  /** What it computes. */
  RoiAlignShape shape();

  /** Scratch memory of both directions. */
  WorkspaceSpec workspace();

  /**
   * Pools the regions.
   *
   * @param x [n][c][ih][iw], read
   * @param regions [rois][4], (x1, y1, x2, y2), read
   * @param images [rois], which image each region belongs to, read
   * @param y [rois][c][ph][pw], written; may share elements with neither
   * @throws IllegalArgumentException also if an image or a region is none
   */
  void forward(Tensor x, Tensor regions, int[] images, Tensor y, Workspace ws, Parallel par);

  /**
   * The gradient by x, regions in order.
   *
   * @param dy [rois][c][ph][pw], read
   * @param x that of {@link #forward}, read
   * @param regions those of {@link #forward}, read
   * @param images those of {@link #forward}, read
   * @param dx [n][c][ih][iw], written; may share elements with none
   * @throws IllegalArgumentException also if an image or a region is none
   */
  void backward(
      Tensor dy, Tensor x, Tensor regions, int[] images, Tensor dx, Workspace ws, Parallel par);
}
