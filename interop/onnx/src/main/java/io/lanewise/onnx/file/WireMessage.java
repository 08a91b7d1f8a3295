package io.lanewise.onnx.file;

import io.lanewise.layers.typed.TypedTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message of protocol buffers in the making. Elements of tensors are not copied before they are
 * written.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers: Encoding</a>
 */
final class WireMessage {
  private static final int PIECE = 1 << 20; // bytes; a multiple of every element size

  /** Bytes, or a tensor's elements as raw data. */
  private record Part(ByteBuffer bytes, Optional<TypedTensor> tensor) {}

  private final List<Part> parts = new ArrayList<>();
  private ByteArrayOutputStream last = new ByteArrayOutputStream();
  private long size;

  /** Bytes of the whole message. */
  long size() {
    return size;
  }

  /** A field that is an integer. */
  void int64(int field, long value) {
    tag(field, WireReader.VARINT);
    varint(value);
  }

  /** A field that is a float. */
  void float32(int field, float value) {
    tag(field, WireReader.FIXED32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      put(bits >>> shift);
    }
  }

  /** A field that is text. */
  void text(int field, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    tag(field, WireReader.LENGTH);
    varint(utf8.length);
    last.writeBytes(utf8);
    size += utf8.length;
  }

  /** A field that is text, unless it is empty. */
  void textUnlessEmpty(int field, String value) {
    if (!value.isEmpty()) {
      text(field, value);
    }
  }

  /** A field that is a message, now complete. */
  void message(int field, WireMessage value) {
    tag(field, WireReader.LENGTH);
    varint(value.size);
    flush();
    value.flush();
    parts.addAll(value.parts);
    size += value.size;
  }

  /** A field that holds a tensor's elements as raw data. */
  void rawData(int field, TypedTensor tensor) {
    long bytes = (long) tensor.size() * tensor.type().bytes();
    tag(field, WireReader.LENGTH);
    varint(bytes);
    flush();
    parts.add(new Part(ByteBuffer.allocate(0), Optional.of(tensor)));
    size += bytes;
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      put((int) rest | 0x80);
      rest >>>= 7;
    }
    put((int) rest);
  }

  private void put(int b) {
    last.write(b);
    size++;
  }

  private void flush() {
    if (last.size() > 0) {
      parts.add(new Part(ByteBuffer.wrap(last.toByteArray()), Optional.empty()));
      last = new ByteArrayOutputStream();
    }
  }

  /** Writes the message. */
  void writeTo(WritableByteChannel channel) throws IOException {
    flush();
    for (Part part : parts) {
      writeFully(part.bytes.duplicate(), channel);
      if (part.tensor.isPresent()) {
        writeRaw(part.tensor.get(), channel);
      }
    }
  }

  /** Writes a tensor's elements as raw data, piece by piece. */
  static void writeRaw(TypedTensor tensor, WritableByteChannel channel) throws IOException {
    int elementBytes = tensor.type().bytes();
    long bytes = (long) tensor.size() * elementBytes;
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, bytes));
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(piece.capacity() / elementBytes, tensor.size() - done);
      piece.clear().limit(count * elementBytes);
      RawData.encode(tensor, done, MemorySegment.ofBuffer(piece));
      writeFully(piece, channel);
      done += count;
    }
  }

  /** Writes all that remains in a buffer. */
  static void writeFully(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
