package io.lanewise.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** IDX files put together by hand. */
final class RawIdx {
  private RawIdx() {}

  /** The header of unsigned bytes with these sizes, then the values. */
  static byte[] of(int[] dims, byte... values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dims.length + values.length);
    file.putInt(0x0800 | dims.length);
    for (int d : dims) {
      file.putInt(d);
    }
    return file.put(values).array();
  }

  static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** Images of 1x2 whose pixels are 10 i and 10 i + 1. */
  static byte[] images(int n) {
    byte[] pixels = new byte[2 * n];
    for (int i = 0; i < n; i++) {
      pixels[2 * i] = (byte) (10 * i);
      pixels[2 * i + 1] = (byte) (10 * i + 1);
    }
    return of(new int[] {n, 1, 2}, pixels);
  }

  static byte[] labels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return of(new int[] {labels.length}, bytes);
  }

  /** A folder of 3 images to train and 2 to test, with labels 0 1 2 and 2 0. */
  static void writeFolder(Path folder) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), images(3));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0, 1, 2));
    Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), zip(images(2)));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(2, 0));
  }
}
