package io.lanewise.kernels.shape;

/**
 * Where along an axis an output lies among the inputs: the modes of ONNX's Resize. Below, {@code o}
 * is the output's position, {@code in} and {@code out} are the sizes, {@code scale} is what was
 * given, or out / in.
 */
public enum ResizeCoordinates {
  /** {@code (o + 0.5) / scale - 0.5}: the images' edges coincide. */
  HALF_PIXEL,
  /**
   * As {@link #HALF_PIXEL}, moved so that the images' centres coincide where out is not in · scale.
   */
  HALF_PIXEL_SYMMETRIC,
  /** As {@link #HALF_PIXEL}, but 0 where out is 1. */
  PYTORCH_HALF_PIXEL,
  /** {@code o · (in - 1) / (out - 1)}, or 0 where out is 1: the outermost pixels coincide. */
  ALIGN_CORNERS,
  /** {@code o / scale}: the first pixels coincide. */
  ASYMMETRIC,
  /**
   * {@code start · (in - 1) + o · (end - start) · (in - 1) / (out - 1)}, or the middle of both ends
   * where out is 1: a part of the image, or more than it. Outputs outside [0, in - 1] get the
   * extrapolation value.
   */
  TF_CROP_AND_RESIZE
}
