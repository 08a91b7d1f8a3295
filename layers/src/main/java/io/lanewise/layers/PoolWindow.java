package io.lanewise.layers;

import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;

/** What the pooling layers share: a square window. */
record PoolWindow(String layer, int kernelSize, int stride, int padding) {
  PoolWindow {
    if (kernelSize < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          layer
              + " needs kernelSize >= 1, stride >= 1, padding >= 0, got kernelSize="
              + kernelSize
              + " stride="
              + stride
              + " padding="
              + padding);
    }
  }

  PoolShape shape(Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(this + " takes images [n, c, h, w], got " + x);
    }
    return PoolShape.square(x.dim(0), x.dim(1), x.dim(2), x.dim(3), kernelSize, stride, padding);
  }

  long flops(Shape x) {
    return (long) shape(x).y().size() * kernelSize * kernelSize;
  }

  ReceptiveField receptiveField(ReceptiveField x) {
    return x.window(kernelSize, kernelSize, stride, stride, 1, 1);
  }

  @Override
  public String toString() {
    return layer
        + "("
        + kernelSize
        + "x"
        + kernelSize
        + ", stride "
        + stride
        + (padding == 0 ? ")" : ", padding " + padding + ")");
  }
}
