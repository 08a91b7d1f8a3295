package io.lanewise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Folders with small sets of labelled images, made by hand from the format's description. */
final class IdxFixture {
  static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  private IdxFixture() {}

  /** Two classes, dark and light; 40 images to train on and 10 to test. */
  static Path write(Path folder, int height, int width) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TRAIN_IMAGES), images(40, height, width));
    Files.write(folder.resolve(TRAIN_LABELS), labels(40));
    Files.write(folder.resolve(TEST_IMAGES), images(10, height, width));
    Files.write(folder.resolve(TEST_LABELS), labels(10));
    return folder;
  }

  static byte[] images(int n, int height, int width) {
    SplittableRandom random = new SplittableRandom(7);
    ByteBuffer b = ByteBuffer.allocate(16 + n * height * width);
    b.putInt(0x0803).putInt(n).putInt(height).putInt(width);
    for (int i = 0; i < n * height * width; i++) {
      int light = i / (height * width) % 2 == 0 ? 0 : 180;
      b.put((byte) (light + random.nextInt(60)));
    }
    return b.array();
  }

  static byte[] labels(int n) {
    ByteBuffer b = ByteBuffer.allocate(8 + n).putInt(0x0801).putInt(n);
    for (int i = 0; i < n; i++) {
      b.put((byte) (i % 2));
    }
    return b.array();
  }
}
