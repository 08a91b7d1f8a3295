package io.lanewise.kernels.shape;

/** What grid sampling reads outside an image: the modes of PyTorch's grid_sample and ONNX. */
public enum GridPadding {
  /** Zeros. */
  ZEROS,
  /** The nearest pixel of the border. */
  BORDER,
  /** The image, mirrored at its border as often as needed. */
  REFLECTION
}
