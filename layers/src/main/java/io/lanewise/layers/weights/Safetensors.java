package io.lanewise.layers.weights;

import io.lanewise.layers.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes safetensors files: the length of a JSON header as an unsigned 64-bit
 * little-endian number, the header (name, dtype, shape and place of each tensor), then the tensors'
 * bytes, little-endian and without gaps.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format's description</a>
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * Reads a file. Everything the header says is checked against the file's length before memory is
   * taken for a tensor. F32 is kept bit for bit; F16 and BF16 convert exactly; F64 is rounded to
   * the nearest float, ties to even, where values beyond float become infinite. Other types are
   * refused.
   *
   * @throws SafetensorsException if the file is missing, damaged, or holds a type that is not
   *     converted; the message names the file, the tensor, what was expected and what came
   * @throws IOException if the system cannot read the file
   */
  public static SafetensorsFile read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new SafetensorsException(
          path + (Files.exists(path) ? ": expected a file" : ": there is no such file"));
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      return new SafetensorsReader(path.toString(), channel).read();
    }
  }

  /**
   * Writes a file of F32 tensors, in the order of {@link SafetensorsFile#tensors()}, with the data
   * aligned to 8 bytes. A temporary file in the same folder is written and forced to the disk, then
   * takes the place of {@code path} in one step: should anything fail, the old file stays as it was
   * and the temporary one is deleted.
   *
   * @throws IllegalArgumentException if the header would be longer than the format allows (100 MB)
   * @throws IOException if the system cannot write the file
   */
  public static void write(Path path, SafetensorsFile contents) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(contents);
    AtomicFile.write(path, writer::write);
  }
}
