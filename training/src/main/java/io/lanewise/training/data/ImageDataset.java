package io.lanewise.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Labelled images of one size, as unsigned bytes: {@code [n][channels][height][width]}, one label
 * an image. Immutable; {@link #subset} shares the bytes with the whole.
 */
public final class ImageDataset {
  private final String name;
  private final ImagePixels images;
  private final int[] labels;
  private final List<String> classNames;
  private final int first;
  private final int size;

  /**
   * Makes a dataset of as many images as there are labels.
   *
   * @param name what to call it in messages and logs
   * @param pixels {@code [n][channels][height][width]}, unsigned bytes, copied
   * @param labels {@code [n]}, each an index into {@code classNames}, copied
   * @param classNames at least one
   * @throws IllegalArgumentException if a size is not positive, if there is no class, if there are
   *     more images than labels or fewer, or if a label has no class
   */
  public ImageDataset(
      String name,
      int channels,
      int height,
      int width,
      byte[] pixels,
      int[] labels,
      List<String> classNames) {
    this(
        name, new ImagePixels(channels, height, width, pixels.clone()), labels.clone(), classNames);
  }

  /** As the public constructor, but keeps the arrays, which nobody may change from then on. */
  ImageDataset(String name, ImagePixels images, int[] labels, List<String> classNames) {
    this(name, images, labels, List.copyOf(classNames), 0, labels.length);
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("expected at least one class name in " + name + ", got 0");
    }
    if (images.count() != labels.length) {
      throw new IllegalArgumentException(
          "there are " + images.count() + " images but " + labels.length + " labels in " + name);
    }
    int wrong = firstOutside(labels, this.classNames.size());
    if (wrong >= 0) {
      throw new IllegalArgumentException(
          "label "
              + labels[wrong]
              + " of image "
              + wrong
              + " in "
              + name
              + " is none of the "
              + this.classNames.size()
              + " classes, which count from 0");
    }
  }

  private ImageDataset(
      String name, ImagePixels images, int[] labels, List<String> classNames, int first, int size) {
    this.name = Objects.requireNonNull(name, "name");
    this.images = images;
    this.labels = labels;
    this.classNames = classNames;
    this.first = first;
    this.size = size;
  }

  /** The index of the first label outside 0 .. classes - 1, or -1. */
  static int firstOutside(int[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        return i;
      }
    }
    return -1;
  }

  /** What the dataset is called. */
  public String name() {
    return name;
  }

  /** Number of images. */
  public int size() {
    return size;
  }

  /** Channels of each image. */
  public int channels() {
    return images.channels();
  }

  /** Rows of each image. */
  public int height() {
    return images.height();
  }

  /** Columns of each image. */
  public int width() {
    return images.width();
  }

  /** Number of classes. */
  public int classes() {
    return classNames.size();
  }

  /** The classes' names, by label; cannot be changed. */
  public List<String> classNames() {
    return classNames;
  }

  /** The label of image {@code i}, from 0 to {@code classes() - 1}. */
  public int label(int i) {
    return labels[first + Objects.checkIndex(i, size)];
  }

  /** The bytes of image {@code i}, {@code [channels][height][width]}, unsigned, copied. */
  public byte[] pixels(int i) {
    int at = pixelOffset(i);
    return Arrays.copyOfRange(images.bytes(), at, at + images.imageSize());
  }

  /**
   * Images {@code from} (inclusive) to {@code to} (exclusive), under the same name.
   *
   * @throws IllegalArgumentException if the range does not lie inside 0 .. size()
   */
  public ImageDataset subset(int from, int to) {
    if (from < 0 || from > to || to > size) {
      throw new IllegalArgumentException(
          "images [" + from + ", " + to + ") are outside the " + size + " of " + name);
    }
    return new ImageDataset(name, images, labels, classNames, first + from, to - from);
  }

  /**
   * The first {@code n} images.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public ImageDataset take(int n) {
    return subset(0, n);
  }

  /** All bytes, shared, not to be changed; image {@code i} begins at {@link #pixelOffset}. */
  byte[] sharedPixels() {
    return images.bytes();
  }

  /** Index of image {@code i}'s first byte. */
  int pixelOffset(int i) {
    return (first + Objects.checkIndex(i, size)) * images.imageSize();
  }

  /** For example {@code Fashion-MNIST test: 10000 images of 1x28x28, 10 classes}. */
  @Override
  public String toString() {
    return "%s: %d images of %dx%dx%d, %d classes"
        .formatted(name, size, channels(), height(), width(), classes());
  }
}
