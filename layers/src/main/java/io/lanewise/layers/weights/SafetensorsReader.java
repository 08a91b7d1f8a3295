package io.lanewise.layers.weights;

import io.lanewise.kernels.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one open file: first the header, whole and checked, then the tensors piece by piece. */
final class SafetensorsReader {
  private static final int PIECE = 1 << 20; // bytes; a multiple of every element size

  private final String file;
  private final SeekableByteChannel channel;

  SafetensorsReader(String file, SeekableByteChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  SafetensorsFile read() throws IOException {
    long fileBytes = channel.size();
    int headerBytes = headerBytes(fileBytes);
    long dataStart = Header.LENGTH_BYTES + (long) headerBytes;
    long dataBytes = fileBytes - dataStart;
    byte[] utf8 = readFully(ByteBuffer.allocate(headerBytes)).array();
    Header header = HeaderReader.read(file, utf8, dataBytes);
    DataLayout.check(file, header.entries(), dataBytes);

    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ByteBuffer piece =
        ByteBuffer.allocate((int) Math.min(PIECE, dataBytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (TensorEntry e : header.entries()) {
      channel.position(dataStart + e.begin());
      tensors.put(e.name(), readTensor(e, piece));
    }
    return new SafetensorsFile(tensors, header.metadata());
  }

  private int headerBytes(long fileBytes) throws IOException {
    if (fileBytes < Header.LENGTH_BYTES) {
      throw new SafetensorsException(
          file + ": expected at least 8 bytes, got a file of " + fileBytes);
    }
    ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long n = readFully(length).getLong(0);
    if (n == 0 || Long.compareUnsigned(n, Header.MAX_BYTES) > 0) {
      throw new SafetensorsException(
          file
              + ": expected a header of 1 to 100000000 bytes, got a length of "
              + Long.toUnsignedString(n)
              + "; is this a safetensors file?");
    }
    if (n > fileBytes - Header.LENGTH_BYTES) {
      throw new SafetensorsException(
          file
              + ": expected a header of "
              + n
              + " bytes, got a file with only "
              + (fileBytes - Header.LENGTH_BYTES)
              + " after the length");
    }
    return (int) n;
  }

  private Tensor readTensor(TensorEntry e, ByteBuffer piece) throws IOException {
    Tensor tensor = Tensor.zeros(e.shape());
    int perPiece = piece.capacity() / e.dtype().bytes;
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(perPiece, tensor.size() - done);
      readFully(piece.clear().limit(count * e.dtype().bytes)).flip();
      e.dtype().decode(piece, tensor.array(), done, count);
      done += count;
    }
    return tensor;
  }

  /** Fills the buffer up to its limit. */
  private ByteBuffer readFully(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new SafetensorsException(
            file + ": the file became shorter while it was read, at byte " + channel.position());
      }
    }
    return buffer;
  }
}
