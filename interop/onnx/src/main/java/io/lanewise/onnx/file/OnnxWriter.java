package io.lanewise.onnx.file;

import io.lanewise.layers.files.AtomicFile;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes ONNX models, which are checked as {@link OnnxReader} checks them. A file appears whole or
 * not at all; one that was there stays as it was if anything fails.
 */
public final class OnnxWriter {
  private final long externalFrom;

  /** All in one file. */
  public OnnxWriter() {
    this(Long.MAX_VALUE);
  }

  private OnnxWriter(long externalFrom) {
    this.externalFrom = externalFrom;
  }

  /**
   * With tensors of at least {@code fromBytes} bytes in a file of their own, named as the model's
   * with {@code .data} behind. Models of 2 GB and more need that.
   */
  public OnnxWriter externalData(long fromBytes) {
    if (fromBytes < 0) {
      throw new IllegalArgumentException("expected at least 0 bytes, got " + fromBytes);
    }
    return new OnnxWriter(fromBytes);
  }

  /**
   * Writes a model's file.
   *
   * @throws OnnxException if the model is none, or too large for one file
   * @throws IOException if it cannot be written
   */
  public void write(OnnxModel model, Path file) throws IOException {
    ModelCheck.check(model, file.toString());
    Path name = file.getFileName();
    if (name == null) {
      throw new IOException(file + ": expected the name of a file");
    }
    ExternalFile data = new ExternalFile(name + ".data", externalFrom);
    WireMessage message = encode(model, Optional.of(data), file.toString());
    AtomicFile.write(
        file,
        channel -> {
          message.writeTo(channel);
          if (!data.isEmpty()) {
            // Inside: what is left to fail after the data took its place is one renaming.
            AtomicFile.write(file.resolveSibling(data.name()), data::writeTo);
          }
        });
  }

  /**
   * A model as bytes, without external data.
   *
   * @throws OnnxException if the model is none, or longer than an array
   */
  public byte[] toBytes(OnnxModel model) {
    ModelCheck.check(model, "model");
    WireMessage message = encode(model, Optional.empty(), "model");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) message.size());
    try {
      message.writeTo(Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static WireMessage encode(
      OnnxModel model, Optional<ExternalFile> external, String where) {
    WireMessage message = new ModelEncoder(external).model(model);
    if (message.size() > OnnxLimits.DEFAULT.fileBytes()) {
      throw new OnnxException(
          "%s: expected a model of fewer than 2^31 bytes without external data, got %d: write it with externalData"
              .formatted(where, message.size()));
    }
    return message;
  }
}
