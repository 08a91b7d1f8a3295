package io.lanewise.onnx.file;

import io.lanewise.onnx.model.OnnxException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the fields of one message of protocol buffers, where it lies in a buffer. Every read
 * ends inside the message, or there is an error that tells the place.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers: Encoding</a>
 */
final class WireReader {
  /** A number of 1 to 10 bytes. */
  static final int VARINT = 0;

  /** 8 bytes. */
  static final int FIXED64 = 1;

  /** A length and as many bytes. */
  static final int LENGTH = 2;

  /** 4 bytes. */
  static final int FIXED32 = 5;

  /** Messages within messages; a graph in a node of a graph counts 3. */
  static final int MAX_DEPTH = 100;

  /** What Java puts in place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private final ByteBuffer buffer;
  private final int start;
  private final int end;
  private final Place place;
  private final Budget budget;
  private int at;
  private int tagAt;
  private int field;
  private int type;

  private WireReader(ByteBuffer buffer, int start, int end, Place place, Budget budget) {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.place = place;
    this.budget = budget;
    this.at = start;
    this.tagAt = start;
  }

  /** The message that fills a buffer's remaining bytes. */
  static WireReader of(ByteBuffer buffer, Place place, Budget budget) {
    ByteBuffer whole = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    return new WireReader(whole, 0, whole.limit(), place, budget);
  }

  /** The same message from its start. */
  WireReader again() {
    return new WireReader(buffer, start, end, place, budget);
  }

  /** Where this is. */
  Place place() {
    return place;
  }

  /** What may be asked for. */
  Budget budget() {
    return budget;
  }

  /** Bytes of the whole message. */
  int length() {
    return end - start;
  }

  /** True if bytes are left. */
  boolean hasMore() {
    return at < end;
  }

  /** Goes to the next field; false if there is none. */
  boolean next() {
    if (at == end) {
      return false;
    }
    tagAt = at;
    long tag = rawVarint();
    type = (int) tag & 7;
    if (tag < 8 || tag > 0xffff_ffffL) {
      throw error("expected a field number from 1 to 2^29 - 1, got %d", tag >>> 3);
    }
    field = (int) (tag >>> 3);
    if (type != VARINT && type != FIXED64 && type != LENGTH && type != FIXED32) {
      throw error("expected a wire type of 0, 1, 2 or 5 of field %d, got %d", field, type);
    }
    return true;
  }

  /** The current field's number. */
  int field() {
    return field;
  }

  /** Passes over the current field. */
  void skip() {
    switch (type) {
      case VARINT -> rawVarint();
      case FIXED64 -> take(Long.BYTES);
      case FIXED32 -> take(Integer.BYTES);
      default -> take(rawLength());
    }
  }

  /** An integer. */
  long int64() {
    require(VARINT);
    return rawVarint();
  }

  /** A float. */
  float float32() {
    require(FIXED32);
    return buffer.getFloat(take(Float.BYTES));
  }

  /** Text in UTF-8. */
  String text() {
    require(LENGTH);
    byte[] utf8 = new byte[rawLength()];
    buffer.get(take(utf8.length), utf8);
    String text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(utf8, text.getBytes(StandardCharsets.UTF_8))) {
      throw error("expected text in UTF-8 in field %d, got %d other bytes", field, utf8.length);
    }
    return text;
  }

  /** Bytes, where they lie. */
  MemorySegment bytes() {
    require(LENGTH);
    int length = rawLength();
    return MemorySegment.ofBuffer(buffer.slice(take(length), length));
  }

  /** A message within this one. */
  WireReader message(String kind) {
    return message(kind, -1);
  }

  /** A message within this one, the {@code index}th of its kind. */
  WireReader message(String kind, int index) {
    require(LENGTH);
    int length = rawLength();
    if (place.depth() == MAX_DEPTH) {
      throw error("expected at most %d messages within messages, got more", MAX_DEPTH);
    }
    int from = take(length);
    return new WireReader(buffer, from, from + length, place.child(kind, index), budget);
  }

  /**
   * The numbers of a repeated field, packed or alone: to be read by {@link #rawVarint}, {@link
   * #rawFloats} and {@link #rawDoubles}.
   *
   * @param alone wire type of a number that is alone
   */
  WireReader numbers(int alone) {
    int from = at;
    if (type == LENGTH) {
      int length = rawLength();
      from = take(length);
      int width = alone == FIXED32 ? Float.BYTES : alone == FIXED64 ? Double.BYTES : 1;
      if (length % width != 0) {
        throw error("expected packed numbers of %d bytes each, got %d bytes", width, length);
      }
    } else {
      require(alone);
      skip();
    }
    WireReader numbers = new WireReader(buffer, from, at, place, budget);
    numbers.field = field;
    return numbers;
  }

  /** How many varints are left. */
  int countVarints() {
    int count = 0;
    for (int i = at; i < end; i++) {
      count += buffer.get(i) >= 0 ? 1 : 0;
    }
    return count;
  }

  /** The next varint. */
  long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = buffer.get(take(1));
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw error("expected a number of at most 10 bytes, got more");
  }

  /** Reads all floats that are left. */
  void rawFloats(float[] dst, int offset) {
    int count = (end - at) / Float.BYTES;
    buffer
        .slice(at, end - at)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(dst, offset, count);
    at = end;
  }

  /** Reads all doubles that are left. */
  void rawDoubles(double[] dst, int offset) {
    int count = (end - at) / Double.BYTES;
    buffer
        .slice(at, end - at)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(dst, offset, count);
    at = end;
  }

  private int rawLength() {
    long length = rawVarint();
    if (length < 0 || length > end - at) {
      throw error(
          "expected at most %d bytes in field %d, got a length of %s: was the file cut off?",
          end - at, field, Long.toUnsignedString(length));
    }
    return (int) length;
  }

  /** Moves on by some bytes; where they begin. */
  private int take(int bytes) {
    if (bytes > end - at) {
      throw error("expected %d more bytes, got only %d: was the file cut off?", bytes, end - at);
    }
    int from = at;
    at += bytes;
    return from;
  }

  private void require(int expected) {
    if (type != expected) {
      throw error("expected wire type %d of field %d, got %d", expected, field, type);
    }
  }

  /** What is wrong with the current field, and where it is. */
  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  OnnxException error(String problem, Object... values) {
    return new OnnxException(
        "%s: at byte %d: %s".formatted(place, tagAt, problem.formatted(values)));
  }
}
