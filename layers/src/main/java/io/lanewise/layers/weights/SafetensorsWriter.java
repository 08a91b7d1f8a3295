package io.lanewise.layers.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lanewise.kernels.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Map;

/** Turns tensors into the bytes of a safetensors file. */
final class SafetensorsWriter {
  private static final int PIECE = 1 << 18; // floats
  private static final int ALIGNMENT = 8; // bytes, of the data in the file

  private final SafetensorsFile contents;
  private final byte[] header;

  SafetensorsWriter(SafetensorsFile contents) throws IOException {
    this.contents = contents;
    this.header = header(contents);
    if (header.length > Header.MAX_BYTES) {
      throw new IllegalArgumentException(
          "names and metadata need a header of "
              + header.length
              + " bytes, the format allows "
              + Header.MAX_BYTES);
    }
  }

  void write(WritableByteChannel channel) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(Float.BYTES * PIECE).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(channel, piece.putLong(header.length).flip());
    writeFully(channel, ByteBuffer.wrap(header));
    for (Tensor t : contents.tensors().values()) {
      for (int done = 0; done < t.size(); ) {
        int count = Math.min(PIECE, t.size() - done);
        piece.clear().asFloatBuffer().put(t.array(), t.offset() + done, count);
        writeFully(channel, piece.limit(Float.BYTES * count));
        done += count;
      }
    }
  }

  private static byte[] header(SafetensorsFile contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      writeMetadata(json, contents.metadata());
      long begin = 0;
      for (Map.Entry<String, Tensor> e : contents.tensors().entrySet()) {
        long end = begin + (long) Float.BYTES * e.getValue().size();
        writeTensor(json, e.getKey(), e.getValue(), begin, end);
        begin = end;
      }
      json.writeEndObject();
    }
    byte[] unpadded = bytes.toByteArray();
    int padding = Math.floorMod(-(Header.LENGTH_BYTES + unpadded.length), ALIGNMENT);
    byte[] padded = Arrays.copyOf(unpadded, unpadded.length + padding);
    Arrays.fill(padded, unpadded.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeMetadata(JsonGenerator json, Map<String, String> metadata)
      throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(SafetensorsFile.METADATA);
    for (Map.Entry<String, String> e : metadata.entrySet()) {
      json.writeStringField(e.getKey(), e.getValue());
    }
    json.writeEndObject();
  }

  private static void writeTensor(JsonGenerator json, String name, Tensor t, long begin, long end)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", Dtype.F32.name());
    json.writeFieldName("shape");
    int[] dims = t.shape().toArray();
    json.writeArray(dims, 0, dims.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
