package io.lanewise.onnx.file;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads ONNX models: the format's versions 1 to 13, with operator sets 1 to 22 of the standard's
 * own operators and any of others. What comes back is checked: names are unique and made before
 * they are used, tensors have as many values as their shapes say. Whether each operator can run is
 * for others to say. Large weights of a file that is read by its path stay there, mapped, until
 * somebody asks for them, so that file must not be written to meanwhile; it may be removed or
 * replaced by another. Of bytes and streams nothing is held on to.
 */
public final class OnnxReader {
  /** The longest array that every JVM makes. */
  private static final int MOST_IN_ARRAY = Integer.MAX_VALUE - 8;

  private final OnnxLimits limits;
  private final Optional<Path> folder;

  /** With the usual limits; external data is looked for beside a model's file. */
  public OnnxReader() {
    this(OnnxLimits.DEFAULT, Optional.empty());
  }

  private OnnxReader(OnnxLimits limits, Optional<Path> folder) {
    this.limits = limits;
    this.folder = folder;
  }

  /** With other limits. */
  public OnnxReader limits(OnnxLimits other) {
    return new OnnxReader(other, folder);
  }

  /** With external data in another folder. */
  public OnnxReader externalData(Path other) {
    return new OnnxReader(limits, Optional.of(other));
  }

  /**
   * Reads a model's file.
   *
   * @throws OnnxException if it holds no such model, saying where in the file
   * @throws IOException if it cannot be read
   */
  public OnnxModel read(Path file) throws IOException {
    return map(file, Arena.ofAuto(), true, OnnxReader::model);
  }

  /**
   * Reads a model.
   *
   * @throws OnnxException if these are not the bytes of one
   */
  public OnnxModel read(byte[] bytes) {
    return read(ByteBuffer.wrap(bytes));
  }

  /**
   * Reads a model from a buffer's remaining bytes, of any byte order; its position stays.
   *
   * @throws OnnxException if these are not the bytes of one
   */
  public OnnxModel read(ByteBuffer bytes) {
    try (Arena arena = Arena.ofConfined()) {
      return model(wire(bytes, "model"), new ExternalData(folder, arena, false));
    }
  }

  /**
   * Reads a model from a stream's remaining bytes, and leaves the stream open.
   *
   * @throws OnnxException if these are not the bytes of one
   * @throws IOException if the stream fails
   */
  public OnnxModel read(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes((int) Math.min(limits.fileBytes(), MOST_IN_ARRAY));
    if (stream.read() >= 0) {
      throw new OnnxException(
          "model: expected a stream of at most %d bytes, got more".formatted(bytes.length));
    }
    return read(bytes);
  }

  /**
   * Reads a tensor that has a file to itself, as test data of models have.
   *
   * @throws OnnxException if it holds none
   * @throws IOException if it cannot be read
   */
  public TypedTensor readTensor(Path file) throws IOException {
    return map(file, OnnxReader::tensor);
  }

  /**
   * Reads a tensor from a buffer's remaining bytes; its position stays.
   *
   * @throws OnnxException if these are not the bytes of one
   */
  public TypedTensor readTensor(ByteBuffer bytes) {
    try (Arena arena = Arena.ofConfined()) {
      return tensor(wire(bytes, "tensor"), new ExternalData(folder, arena, false));
    }
  }

  private static OnnxModel model(WireReader in, ExternalData external) {
    OnnxModel model = new ModelParser(external).parse(in);
    ModelCheck.check(model, in.place().toString());
    return model;
  }

  private static TypedTensor tensor(WireReader in, ExternalData external) {
    return new TensorParser(external).parse(in).tensor();
  }

  private WireReader wire(ByteBuffer bytes, String name) {
    if (bytes.remaining() > limits.fileBytes()) {
      throw tooLong(name, bytes.remaining());
    }
    return WireReader.of(bytes, Place.file(name), new Budget(limits));
  }

  /** Maps a file as long as {@code parse} runs: what is not read of it takes no memory. */
  private <T> T map(Path file, BiFunction<WireReader, ExternalData, T> parse) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return map(file, arena, false, parse);
    }
  }

  private <T> T map(
      Path file, Arena arena, boolean lasting, BiFunction<WireReader, ExternalData, T> parse)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      if (bytes > limits.fileBytes()) {
        throw tooLong(file.toString(), bytes);
      }
      ByteBuffer mapped =
          lasting && bytes < RawData.LEAST_OUTSIDE
              ? ByteBuffer.wrap(Files.readAllBytes(file)) // no weights would stay in it
              : channel.map(MapMode.READ_ONLY, 0, bytes, arena).asByteBuffer();
      Optional<Path> home = Optional.of(folder.orElse(file.toAbsolutePath().getParent()));
      ExternalData external = new ExternalData(home, arena, lasting);
      return parse.apply(wire(mapped, file.toString()), external);
    } catch (InternalError e) {
      // what the JVM makes of reading a mapped file beyond an end that has moved
      throw new OnnxException(file + ": the file became shorter while it was read", e);
    }
  }

  private OnnxException tooLong(String name, long bytes) {
    return new OnnxException(
        "%s: expected at most %d bytes, got %d".formatted(name, limits.fileBytes(), bytes));
  }
}
