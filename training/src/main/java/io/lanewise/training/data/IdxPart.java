package io.lanewise.training.data;

import java.util.Arrays;
import java.util.List;

/** Images and their labels from two files that belong together. */
record IdxPart(IdxFile images, IdxFile labels) {

  /**
   * Checks that the files hold images and labels, as many of the one as of the other.
   *
   * @throws IdxException naming the file that is wrong
   */
  static IdxPart of(IdxFile images, IdxFile labels) throws IdxException {
    requireRank(images, 3, "images, [n][height][width]");
    requireRank(labels, 1, "labels, [n]");
    if (images.size() == 0) {
      throw new IdxException(
          "%s: expected images, got %d of %s pixels"
              .formatted(images.file(), images.dim(0), size(images)));
    }
    if (images.dim(0) != labels.dim(0)) {
      throw new IdxException(
          "there are "
              + images.dim(0)
              + " images in "
              + images.file()
              + " but "
              + labels.dim(0)
              + " labels in "
              + labels.file());
    }
    return new IdxPart(images, labels);
  }

  private static void requireRank(IdxFile file, int rank, String what) throws IdxException {
    if (file.rank() != rank) {
      throw new IdxException(
          file.file() + ": expected " + what + ", got an array of rank " + file.rank());
    }
  }

  /** Height and width, for a message. */
  static String size(IdxFile images) {
    return images.dim(1) + "x" + images.dim(2);
  }

  /** One more than the largest label. */
  int classes() {
    return Arrays.stream(intLabels()).max().orElseThrow() + 1;
  }

  /**
   * The dataset; it shares the images' bytes.
   *
   * @throws IdxException if a label has no class, naming the file
   */
  ImageDataset dataset(String name, List<String> classNames) throws IdxException {
    int[] y = intLabels();
    int wrong = ImageDataset.firstOutside(y, classNames.size());
    if (wrong >= 0) {
      throw new IdxException(
          "%s: expected labels from 0 to %d, got %d at index %d"
              .formatted(labels.file(), classNames.size() - 1, y[wrong], wrong));
    }
    ImagePixels pixels = new ImagePixels(1, images.dim(1), images.dim(2), images.sharedValues());
    return new ImageDataset(name, pixels, y, classNames);
  }

  private int[] intLabels() {
    int[] y = new int[labels.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = labels.sharedValues()[i] & 0xff;
    }
    return y;
  }
}
