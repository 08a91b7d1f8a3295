package io.lanewise.training.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Turns an IDX file, plain or compressed, into an {@link IdxFile}; only its elements are held in
 * memory.
 */
final class IdxParser {
  /** The longest file, and the longest content of a compressed one. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8; // as long as every JVM's arrays can be

  private static final int GZIP_MAGIC = 0x8b1f; // its two bytes, little-endian
  private static final int MAGIC_BYTES = 4;
  private static final int UNSIGNED_BYTE = 8;
  private static final int MAX_RANK = 4;

  private final String file;

  private IdxParser(String file) {
    this.file = file;
  }

  /** Parses a file. */
  static IdxFile parse(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      int head = littleEndian(channel, 0);
      int tail = littleEndian(channel, channel.size() - Integer.BYTES);
      channel.position(0);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      return new IdxParser(path.toString()).parse(in, channel.size(), head, tail);
    }
  }

  /** Parses the bytes of a file; {@code file} is its name, for messages. */
  static IdxFile parse(String file, byte[] raw) throws IOException {
    ByteBuffer ends = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    int tail = ends.getInt(raw.length - Integer.BYTES);
    return new IdxParser(file)
        .parse(new ByteArrayInputStream(raw), raw.length, ends.getInt(0), tail);
  }

  /** Parses what is {@code fileLength} bytes long and begins and ends with these four. */
  private IdxFile parse(InputStream bytes, long fileLength, int head, int tail) throws IOException {
    boolean zipped = (head & 0xffff) == GZIP_MAGIC;
    try (InputStream in = zipped ? new GZIPInputStream(bytes) : bytes) {
      int[] dims = dims(in, rank(in));
      long expected = MAGIC_BYTES + 4L * dims.length + size(dims);
      long unpacked = Integer.toUnsignedLong(tail); // where gzip keeps it
      if (zipped && unpacked != expected) { // before anything so long is unpacked
        throw wrongLength(dims, expected, unpacked + " by the gzip file's last four bytes");
      }
      if (!zipped && fileLength != expected) {
        throw wrongLength(dims, expected, "a file of " + fileLength);
      }
      byte[] values = in.readNBytes((int) size(dims));
      if (values.length != size(dims)) {
        throw wrongLength(dims, expected, "only " + (expected - size(dims) + values.length));
      }
      if (in.read() >= 0) { // at the end this checks the checksum too
        throw wrongLength(dims, expected, "more");
      }
      return new IdxFile(file, dims, values);
    } catch (EOFException e) {
      throw new IdxException(file + ": the gzip data ends too early", e);
    } catch (ZipException e) {
      throw new IdxException(file + ": the gzip data is damaged: " + e.getMessage(), e);
    }
  }

  private int rank(InputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC_BYTES);
    String got = ", got " + HexFormat.ofDelimiter(" ").formatHex(magic);
    if (magic.length < MAGIC_BYTES) {
      throw error("expected a magic number of 4 bytes, got " + magic.length + " bytes");
    }
    if (magic[0] != 0 || magic[1] != 0) {
      throw error("expected a magic number that begins with 00 00" + got + "; is it an IDX file?");
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw error("expected a magic number of unsigned bytes, 00 00 08 rank" + got);
    }
    if (magic[3] < 1 || magic[3] > MAX_RANK) {
      throw error("expected a magic number with a rank of 1 to " + MAX_RANK + got);
    }
    return magic[3];
  }

  private int[] dims(InputStream in, int rank) throws IOException {
    byte[] sizes = in.readNBytes(4 * rank);
    if (sizes.length < 4 * rank) {
      throw error(
          "expected " + rank + " sizes in " + 4 * rank + " bytes, got " + sizes.length + " bytes");
    }
    int[] dims = new int[rank];
    ByteBuffer.wrap(sizes).asIntBuffer().get(dims); // a buffer is big-endian unless told
    return dims;
  }

  /** The product of the sizes, which count as unsigned. */
  private long size(int[] dims) throws IdxException {
    long product = 1;
    boolean empty = Arrays.stream(dims).anyMatch(d -> d == 0);
    for (int d : dims) {
      if (d < 0 || (!empty && (product *= d) > MAX_BYTES)) { // both below 2^31, so below 2^62
        throw error("expected at most " + MAX_BYTES + " elements, got sizes " + text(dims));
      }
    }
    return empty ? 0 : product;
  }

  /** Four bytes of the file as a number, 0 for those before its beginning or past its end. */
  private static int littleEndian(FileChannel channel, long at) throws IOException {
    ByteBuffer four = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(Math.max(0, at));
    int read = 0;
    while (four.hasRemaining() && read >= 0) {
      read = channel.read(four);
    }
    return four.getInt(0);
  }

  private IdxException wrongLength(int[] dims, long expected, String got) {
    return error("expected " + expected + " bytes for sizes " + text(dims) + ", got " + got);
  }

  private static String text(int[] dims) {
    return Arrays.toString(Arrays.stream(dims).mapToLong(Integer::toUnsignedLong).toArray());
  }

  private IdxException error(String problem) {
    return new IdxException(file + ": " + problem);
  }
}
