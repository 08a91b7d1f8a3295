package io.lanewise.onnx.file;

/**
 * How much a file may ask for.
 *
 * @param fileBytes length of the model's file, without external data; protocol buffers end at 2^31
 *     - 1
 * @param objects nodes, names, attributes, dimensions and numbers in attributes, all told, in units
 *     of about 50 bytes of memory; a node counts 12
 * @param sparseBytes memory of all sparse tensors, made dense
 */
public record OnnxLimits(long fileBytes, int objects, long sparseBytes) {
  /** Enough for models of 40,000 nodes. */
  public static final OnnxLimits DEFAULT = new OnnxLimits(Integer.MAX_VALUE, 2_000_000, 64L << 20);

  /** Checks. */
  public OnnxLimits {
    if (fileBytes < 0 || fileBytes > Integer.MAX_VALUE || objects < 0 || sparseBytes < 0) {
      throw new IllegalArgumentException(
          "limits must be at least 0, that of the file at most 2^31 - 1, got fileBytes=%d objects=%d sparseBytes=%d"
              .formatted(fileBytes, objects, sparseBytes));
    }
  }
}
