package io.lanewise.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final byte[] VALUES = {0, 1, 127, -128, -1, 5};
  private static final byte[] WHOLE = RawIdx.of(new int[] {3, 1, 2}, VALUES);

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some-idx"), bytes);
  }

  /** Expects that message, after the file's name. */
  private void assertRefused(String message, byte[] bytes) throws IOException {
    Path path = write(bytes);
    IdxException e = assertThrows(IdxException.class, () -> IdxFile.read(path), message);
    assertEquals(path + ": " + message, e.getMessage());
  }

  private void assertRead(byte[] bytes) throws IOException {
    IdxFile file = IdxFile.read(write(bytes));
    assertEquals(3, file.rank());
    assertEquals(3, file.dim(0));
    assertEquals(1, file.dim(1));
    assertEquals(2, file.dim(2));
    assertEquals(6, file.size());
    assertArrayEquals(VALUES, file.values());
  }

  @Test
  void plainAndCompressedFilesAreReadWhateverTheirName() throws IOException {
    assertRead(WHOLE);
    assertRead(RawIdx.zip(WHOLE));
  }

  @Test
  void valuesAreACopy() throws IOException {
    IdxFile file = IdxFile.read(write(WHOLE));
    file.values()[0] = 99;
    assertEquals(0, file.values()[0]);
  }

  @Test
  void emptyArraysAreRead() throws IOException {
    assertEquals(0, IdxFile.read(write(RawIdx.of(new int[] {0}))).size());
    byte[] wide = RawIdx.of(new int[] {Integer.MAX_VALUE, 0, Integer.MAX_VALUE});
    assertEquals(0, IdxFile.read(write(wide)).size());
  }

  @Test
  void everyTruncationHasItsMessage() throws IOException {
    for (int n = 0; n < WHOLE.length; n++) {
      String message;
      if (n < 4) {
        message = "expected a magic number of 4 bytes, got " + n + " bytes";
      } else if (n < 16) {
        message = "expected 3 sizes in 12 bytes, got " + (n - 4) + " bytes";
      } else {
        message = "expected 22 bytes for sizes [3, 1, 2], got a file of " + n;
      }
      assertRefused(message, Arrays.copyOf(WHOLE, n));
    }
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    assertRefused(
        "expected 22 bytes for sizes [3, 1, 2], got a file of 23", Arrays.copyOf(WHOLE, 23));
    assertRefused(
        "expected 22 bytes for sizes [3, 1, 2], got 23 by the gzip file's last four bytes",
        RawIdx.zip(Arrays.copyOf(WHOLE, 23)));
    byte[] zipped = RawIdx.zip(WHOLE);
    assertRefused(
        "expected 22 bytes for sizes [3, 1, 2], got 0 by the gzip file's last four bytes",
        Arrays.copyOf(zipped, zipped.length + 4));
  }

  @Test
  void wrongMagicIsRefused() throws IOException {
    assertRefused(
        "expected a magic number that begins with 00 00, got 01 00 08 03; is it an IDX file?",
        changed(WHOLE, 0, 1));
    assertRefused(
        "expected a magic number that begins with 00 00, got 00 50 08 03; is it an IDX file?",
        changed(WHOLE, 1, 0x50));
    for (int type : new int[] {0, 9, 0x0b, 0x0c, 0x0d, 0x0e, 0x88}) {
      assertRefused(
          "expected a magic number of unsigned bytes, 00 00 08 rank, got 00 00 %02x 03"
              .formatted(type),
          changed(WHOLE, 2, type));
    }
    for (int rank : new int[] {0, 5, 0xff}) {
      assertRefused(
          "expected a magic number with a rank of 1 to 4, got 00 00 08 %02x".formatted(rank),
          changed(WHOLE, 3, rank));
    }
  }

  @Test
  void sizesBeyondAnArrayAreRefused() throws IOException {
    assertRefused(
        "expected at most 2147483639 elements, got sizes [4294967295]",
        RawIdx.of(new int[] {-1}, VALUES));
    assertRefused(
        "expected at most 2147483639 elements, got sizes [0, 2147483648]",
        RawIdx.of(new int[] {0, Integer.MIN_VALUE}));
    assertRefused(
        "expected at most 2147483639 elements, got sizes [65536, 65536]",
        RawIdx.of(new int[] {65536, 65536}, VALUES));
    assertRefused(
        "expected at most 2147483639 elements, got sizes [65536, 65536, 65536, 65536]",
        RawIdx.of(new int[] {65536, 65536, 65536, 65536}, VALUES));
  }

  @Test
  void lieAboutSizesCostsNoMemory() throws IOException {
    int[] lie = {2_000_000_000};
    byte[] zipped = RawIdx.zip(RawIdx.of(lie, VALUES));
    byte[] agreeing = zipped.clone(); // the length at the end tells the same lie
    int length = 2_000_000_008;
    for (int i = 0; i < 4; i++) {
      agreeing[zipped.length - 4 + i] = (byte) (length >>> (8 * i));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (byte[] file : new byte[][] {RawIdx.of(lie, VALUES), zipped, agreeing}) {
      Path path = write(file);
      assertThrows(IdxException.class, () -> IdxFile.read(path)); // loads classes
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThrows(IdxException.class, () -> IdxFile.read(path));
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(bytes < 200_000, "took " + bytes + " bytes");
    }
  }

  @Test
  void truncatedGzipIsRefusedAtEveryLength() throws IOException {
    byte[] zipped = RawIdx.zip(WHOLE);
    for (int n = 2; n < zipped.length; n++) {
      Path path = write(Arrays.copyOf(zipped, n));
      IdxException e = assertThrows(IdxException.class, () -> IdxFile.read(path), "length " + n);
      assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
    }
    assertRefused("the gzip data ends too early", Arrays.copyOf(zipped, 5));
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] zipped = RawIdx.zip(WHOLE);
    int checksum = zipped.length - 8;
    assertRefused(
        "the gzip data is damaged: Corrupt GZIP trailer",
        changed(zipped, checksum, zipped[checksum] ^ 1));
    assertRefused(
        "the gzip data is damaged: Unsupported compression method", changed(zipped, 2, 7));
    assertRefused("the gzip data is damaged: invalid block type", changed(zipped, 10, 0xff));
  }

  @Test
  void moreContentThanTheGzipFilesLengthSaysIsRefused() throws IOException {
    byte[] zipped = RawIdx.zip(Arrays.copyOf(WHOLE, 30));
    assertRefused(
        "expected 22 bytes for sizes [3, 1, 2], got more", changed(zipped, zipped.length - 4, 22));
  }

  @Test
  void missingFileAndFolderAreRefused() {
    Path missing = folder.resolve("none");
    assertEquals(
        missing + ": there is no such file",
        assertThrows(IdxException.class, () -> IdxFile.read(missing)).getMessage());
    assertEquals(
        folder + ": expected a file",
        assertThrows(IdxException.class, () -> IdxFile.read(folder)).getMessage());
  }

  private static byte[] changed(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    changed[at] = (byte) value;
    return changed;
  }
}
