package io.lanewise.onnx.file;

/** What a file has asked for so far, against its limits. */
final class Budget {
  private final OnnxLimits limits;
  private long objects;
  private long sparseBytes;

  Budget(OnnxLimits limits) {
    this.limits = limits;
  }

  /** Counts objects in memory. */
  void takeObjects(int count, WireReader at) {
    objects += count;
    if (objects > limits.objects()) {
      throw at.error(
          "expected at most %d nodes, names and numbers in attributes, got more", limits.objects());
    }
  }

  /** Counts bytes of a sparse tensor that becomes dense. */
  void takeSparse(long bytes, WireReader at) {
    sparseBytes += bytes;
    if (sparseBytes > limits.sparseBytes()) {
      throw at.error(
          "expected sparse tensors of at most %d bytes when dense, got %d or more",
          limits.sparseBytes(), sparseBytes);
    }
  }
}
