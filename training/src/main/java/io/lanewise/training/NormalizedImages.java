package io.lanewise.training;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.training.data.ImageDataset;
import io.lanewise.training.data.ImageNormalization;

/** Images of bytes, turned into floats batch by batch. */
public final class NormalizedImages implements Dataset {
  private final ImageDataset images;
  private final ImageNormalization normalization;

  /** Images as {@code normalization} shows them to a network. */
  public NormalizedImages(ImageDataset images, ImageNormalization normalization) {
    this.images = images;
    this.normalization = normalization;
  }

  /**
   * The normalization that gives these images' pixels mean 0 and variance 1, before padding.
   *
   * @param pad rows and columns of black to put around each image
   */
  public static ImageNormalization measure(ImageDataset images, int pad) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("there are no images to measure in " + images.name());
    }
    long sum = 0;
    long squares = 0;
    long count = 0;
    for (int i = 0; i < images.size(); i++) {
      for (byte b : images.pixels(i)) {
        int v = Byte.toUnsignedInt(b);
        sum += v;
        squares += (long) v * v;
        count++;
      }
    }
    double mean = (double) sum / count;
    double variance = (double) squares / count - mean * mean;
    // Images of one grey alone have nothing to scale.
    double std = variance > 0 ? StrictMath.sqrt(variance) : 255;
    return new ImageNormalization(pad, (float) (mean / 255), (float) (std / 255));
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape inputShape() {
    int border = 2 * normalization.pad();
    return Shape.of(images.channels(), images.height() + border, images.width() + border);
  }

  @Override
  public int classes() {
    return images.classes();
  }

  @Override
  public void fill(int[] indices, int from, Tensor x, int[] labels) {
    int n = x.shape().dim(0);
    normalization.fill(images, indices, from, n, x);
    for (int i = 0; i < n; i++) {
      labels[i] = images.label(indices[from + i]);
    }
  }
}
