package io.lanewise.layers;

/** Makes layers: what a network's definition imports statically. */
public final class Layers {
  private Layers() {}

  /**
   * Convolution with {@code outChannels} square filters; stride 1, no padding, a bias. See {@link
   * Conv2d} for the rest.
   */
  public static Conv2d conv2d(int outChannels, int kernelSize) {
    return new Conv2d(outChannels, kernelSize, kernelSize);
  }

  /** Fully connected layer with a bias. */
  public static Linear linear(int outFeatures) {
    return new Linear(outFeatures);
  }

  /** Batch normalisation; see {@link BatchNorm2d} for its statistics and how to freeze them. */
  public static BatchNorm2d batchNorm2d() {
    return new BatchNorm2d();
  }

  /** Average over squares that do not overlap. */
  public static AvgPool2d avgPool2d(int kernelSize) {
    return new AvgPool2d(kernelSize, kernelSize, 0);
  }

  /** Average over squares. */
  public static AvgPool2d avgPool2d(int kernelSize, int stride, int padding) {
    return new AvgPool2d(kernelSize, stride, padding);
  }

  /** Greatest of squares that do not overlap. */
  public static MaxPool2d maxPool2d(int kernelSize) {
    return new MaxPool2d(kernelSize, kernelSize, 0);
  }

  /** Greatest of squares. */
  public static MaxPool2d maxPool2d(int kernelSize, int stride, int padding) {
    return new MaxPool2d(kernelSize, stride, padding);
  }

  /** [n][c][h][w] to [n][c·h·w]. */
  public static Flatten flatten() {
    return new Flatten();
  }

  /** {@code tanh(x)}. */
  public static Tanh tanh() {
    return new Tanh();
  }

  /** {@code max(x, 0)}. */
  public static ReLU relu() {
    return new ReLU();
  }
}
