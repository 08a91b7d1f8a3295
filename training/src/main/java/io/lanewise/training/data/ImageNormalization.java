package io.lanewise.training.data;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;

/**
 * From bytes to floats: pads an image by rows and columns of byte 0, then maps each byte {@code v}
 * to {@code (v / 255 - mean) / std}, each step rounded to float. So the border holds what black
 * becomes, not 0. Immutable.
 */
public final class ImageNormalization {
  private final int pad;
  private final float mean;
  private final float std;
  private final float[] table = new float[256]; // by unsigned byte

  /**
   * Makes a normalization.
   *
   * @param pad rows and columns added on each of the four sides; 2 takes 28x28 to LeNet's 32x32
   * @param mean of the pixels scaled to 0..1
   * @param std of the pixels scaled to 0..1, more than 0
   * @throws IllegalArgumentException if a value is outside its range or not finite
   */
  public ImageNormalization(int pad, float mean, float std) {
    if (pad < 0 || !Float.isFinite(mean) || !(std > 0) || std == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "expected pad >= 0, a finite mean and a finite std > 0, got pad=%d mean=%s std=%s"
              .formatted(pad, mean, std));
    }
    this.pad = pad;
    this.mean = mean;
    this.std = std;
    for (int v = 0; v < table.length; v++) {
      table[v] = (v / 255f - mean) / std;
    }
  }

  /** Rows and columns added on each side. */
  public int pad() {
    return pad;
  }

  /** What is subtracted. */
  public float mean() {
    return mean;
  }

  /** What is divided by. */
  public float std() {
    return std;
  }

  /** The shape of {@code count} images: {@code [count][c][h + 2 pad][w + 2 pad]}. */
  public Shape outputShape(ImageDataset d, int count) {
    return Shape.of(
        count,
        d.channels(),
        Math.addExact(d.height(), Math.multiplyExact(2, pad)),
        Math.addExact(d.width(), Math.multiplyExact(2, pad)));
  }

  /**
   * Converts the images {@code indices[from]} to {@code indices[from + count - 1]}.
   *
   * @param d the images, read
   * @param indices into {@code d}, read
   * @param x {@link #outputShape}, written
   * @throws IllegalArgumentException if {@code x} has another shape
   * @throws IndexOutOfBoundsException if the range is outside {@code indices}, or an index outside
   *     {@code d}
   */
  public void fill(ImageDataset d, int[] indices, int from, int count, Tensor x) {
    Objects.checkFromIndexSize(from, count, indices.length);
    Tensor.requireShape(x, outputShape(d, count), "x");
    int planes = d.channels();
    int planeSize = x.shape().dim(2) * x.shape().dim(3);
    for (int img = 0; img < count; img++) {
      int src = d.pixelOffset(indices[from + img]);
      for (int c = 0; c < planes; c++) {
        fillPlane(
            d, src + c * d.height() * d.width(), x, x.offset() + (img * planes + c) * planeSize);
      }
    }
  }

  private void fillPlane(ImageDataset d, int srcOff, Tensor x, int dstOff) {
    byte[] src = d.sharedPixels();
    float[] dst = x.array();
    int width = x.shape().dim(3);
    if (pad > 0) {
      Arrays.fill(dst, dstOff, dstOff + x.shape().dim(2) * width, table[0]);
    }
    for (int row = 0; row < d.height(); row++) {
      int to = dstOff + (row + pad) * width + pad;
      int at = srcOff + row * d.width();
      for (int col = 0; col < d.width(); col++) {
        dst[to + col] = table[src[at + col] & 0xff];
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ImageNormalization other
        && pad == other.pad
        && Float.compare(mean, other.mean) == 0
        && Float.compare(std, other.std) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pad, mean, std);
  }

  /** For example {@code pad 2, (v / 255 - 0.286) / 0.353}. */
  @Override
  public String toString() {
    return "pad " + pad + ", (v / 255 - " + mean + ") / " + std;
  }
}
