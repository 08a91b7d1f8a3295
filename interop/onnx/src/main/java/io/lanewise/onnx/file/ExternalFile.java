package io.lanewise.onnx.file;

import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The tensors of a model that go to a file beside it. */
final class ExternalFile {
  /** Each tensor begins at a page, so that others can map it. */
  private static final int ALIGNMENT = 4096;

  private final String name;
  private final long fromBytes;
  private final List<TypedTensor> tensors = new ArrayList<>();
  private long end;

  /**
   * A file to be written.
   *
   * @param name of the file, in the model's folder
   * @param fromBytes tensors of at least as many bytes go there
   */
  ExternalFile(String name, long fromBytes) {
    this.name = name;
    this.fromBytes = fromBytes;
  }

  /** The file's name. */
  String name() {
    return name;
  }

  /** True if a tensor goes there. */
  boolean takes(TypedTensor t) {
    return t.type() != ElementType.STRING && bytes(t) > 0 && bytes(t) >= fromBytes;
  }

  /** True if no tensor does. */
  boolean isEmpty() {
    return tensors.isEmpty();
  }

  /** Appends a tensor; where it begins. */
  long add(TypedTensor t) {
    long begin = aligned(end);
    tensors.add(t);
    end = begin + bytes(t);
    return begin;
  }

  /** Bytes of a tensor. */
  static long bytes(TypedTensor t) {
    return (long) t.size() * t.type().bytes();
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Writes all tensors, each at its place. */
  void writeTo(WritableByteChannel channel) throws IOException {
    long at = 0;
    for (TypedTensor t : tensors) {
      int gap = (int) (aligned(at) - at);
      WireMessage.writeFully(ByteBuffer.allocate(gap), channel);
      WireMessage.writeRaw(t, channel);
      at += gap + bytes(t);
    }
  }
}
