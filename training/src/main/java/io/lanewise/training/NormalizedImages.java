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
