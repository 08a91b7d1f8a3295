package io.lanewise.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An array of unsigned bytes in the IDX format, the one MNIST comes in: a magic number (two zero
 * bytes, the element type, the rank), each size as a big-endian 32-bit number, then the elements in
 * row-major order. Immutable.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes, Burges, The MNIST database</a>,
 *     at the page's end, for the format
 */
public final class IdxFile {
  private final String file;
  private final int[] dims;
  private final byte[] values;

  IdxFile(String file, int[] dims, byte[] values) {
    this.file = file;
    this.dims = dims;
    this.values = values;
  }

  /**
   * Reads a file, plain or compressed by gzip (one member); which of them it is shows in its
   * content, not its name. The sizes are checked against the file's length before memory is taken
   * for the elements.
   *
   * @throws IdxException if the file is missing, cut short, has bytes too many, or holds another
   *     type than unsigned bytes; the message names it, what was expected and what came
   * @throws IOException if the system cannot read the file
   */
  public static IdxFile read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IdxException(
          path + (Files.exists(path) ? ": expected a file" : ": there is no such file"));
    }
    if (Files.size(path) > IdxParser.MAX_BYTES) {
      throw new IdxException(
          path
              + ": expected at most "
              + IdxParser.MAX_BYTES
              + " bytes, got a file of "
              + Files.size(path));
    }
    return IdxParser.parse(path);
  }

  /** The name it was read under, for messages. */
  public String file() {
    return file;
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Size of dimension {@code axis}, outermost first. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** Number of elements. */
  public int size() {
    return values.length;
  }

  /** The elements, copied; each is an unsigned byte. */
  public byte[] values() {
    return values.clone();
  }

  /** The elements, not copied and not to be changed. */
  byte[] sharedValues() {
    return values;
  }
}
