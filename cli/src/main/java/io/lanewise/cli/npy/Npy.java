package io.lanewise.cli.npy;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.files.AtomicFile;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and writes {@code .npy} files: a magic number, a version, a header that is a Python dict,
 * the elements.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's
 *     format</a>
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int ALIGNMENT = 64;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(\\w+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("f2", ElementType.FLOAT16),
          Map.entry("f4", ElementType.FLOAT),
          Map.entry("f8", ElementType.DOUBLE),
          Map.entry("i1", ElementType.INT8),
          Map.entry("i2", ElementType.INT16),
          Map.entry("i4", ElementType.INT32),
          Map.entry("i8", ElementType.INT64),
          Map.entry("u1", ElementType.UINT8),
          Map.entry("u2", ElementType.UINT16),
          Map.entry("u4", ElementType.UINT32),
          Map.entry("u8", ElementType.UINT64),
          Map.entry("b1", ElementType.BOOL));

  private Npy() {}

  /**
   * Reads an array.
   *
   * @throws IOException if the file cannot be read, or is no such file; the message tells which
   */
  public static TypedTensor read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    if (bytes.remaining() < MAGIC.length + 4 || !Arrays.equals(magic(bytes, magic), MAGIC)) {
      throw new IOException(file + " is no .npy file");
    }
    int major = bytes.get();
    bytes.get();
    int length = major == 1 ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    if (length < 0 || length > LONGEST_HEADER || length > bytes.remaining()) {
      throw new IOException(file + ": the header should have at most 65536 bytes, got " + length);
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return elements(file, new String(text, StandardCharsets.UTF_8), bytes);
  }

  private static byte[] magic(ByteBuffer bytes, byte[] magic) {
    bytes.get(magic);
    return magic;
  }

  private static TypedTensor elements(Path file, String header, ByteBuffer bytes)
      throws IOException {
    Matcher descr = found(DESCR, file, header);
    ElementType type = TYPES.get(descr.group(2));
    if (type == null || found(ORDER, file, header).group(1).equals("True")) {
      throw new IOException(file + ": expected numbers or bool in C order, got " + header.strip());
    }
    Shape shape = shape(file, found(SHAPE, file, header).group(1));
    if (bytes.remaining() != (long) shape.size() * type.bytes()) {
      throw new IOException(
          "%s: %s%s takes %d bytes, got %d"
              .formatted(file, type, shape, (long) shape.size() * type.bytes(), bytes.remaining()));
    }
    bytes.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    TypedTensor t = TypedTensor.zeros(type, shape);
    get(bytes, t);
    return t;
  }

  private static Matcher found(Pattern pattern, Path file, String header) throws IOException {
    Matcher m = pattern.matcher(header);
    if (!m.find()) {
      throw new IOException(file + ": no header of a .npy file: " + header.strip());
    }
    return m;
  }

  private static Shape shape(Path file, String text) throws IOException {
    try {
      return Shape.of(
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": no shape that a tensor has: (" + text + ")", e);
    }
  }

  private static void get(ByteBuffer src, TypedTensor t) {
    switch (t.type()) {
      case FLOAT -> src.asFloatBuffer().get(t.floats());
      case DOUBLE -> src.asDoubleBuffer().get(t.doubles());
      case INT16, UINT16 -> src.asShortBuffer().get(t.shorts());
      case INT32, UINT32 -> src.asIntBuffer().get(t.ints());
      case INT64, UINT64 -> src.asLongBuffer().get(t.longs());
      case FLOAT16 -> {
        for (int i = 0; i < t.size(); i++) {
          t.floats()[i] = HalfFloats.fromFloat16(src.getShort());
        }
      }
      default -> src.get(t.bytes());
    }
  }

  /**
   * Writes an array; whole or not at all.
   *
   * @throws IOException if it cannot be written, or is of text or bfloat16, which NumPy has not
   */
  public static void write(Path file, TypedTensor t) throws IOException {
    String descr =
        TYPES.entrySet().stream()
            .filter(e -> e.getValue() == t.type())
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() -> new IOException("NumPy has no arrays of " + t.type()));
    String dims =
        Arrays.stream(t.shape().toArray()).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
    String header =
        "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(t.type().bytes() == 1 ? "|" : "<", descr, dims);
    int head = MAGIC.length + 4;
    int padded = Math.ceilDiv(head + header.length() + 1, ALIGNMENT) * ALIGNMENT - head;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(head + padded, t.size() * t.type().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded);
    bytes.put(
        (header + " ".repeat(padded - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    put(t, bytes);
    ByteBuffer whole = ByteBuffer.wrap(bytes.array());
    AtomicFile.write(
        file,
        channel -> {
          while (whole.hasRemaining()) {
            channel.write(whole);
          }
        });
  }

  private static void put(TypedTensor t, ByteBuffer dst) {
    switch (t.type()) {
      case FLOAT -> dst.asFloatBuffer().put(t.floats());
      case DOUBLE -> dst.asDoubleBuffer().put(t.doubles());
      case INT16, UINT16 -> dst.asShortBuffer().put(t.shorts());
      case INT32, UINT32 -> dst.asIntBuffer().put(t.ints());
      case INT64, UINT64 -> dst.asLongBuffer().put(t.longs());
      case FLOAT16 -> {
        for (float f : t.floats()) {
          dst.putShort(HalfFloats.toFloat16(f));
        }
      }
      default -> dst.put(t.bytes());
    }
  }
}
