package io.lanewise.propertytests.onnxruntime;

import java.util.List;

/** The maintained list: every law that ONNX Runtime does not keep as we do, and why. */
final class KnownDifferences {
  static final List<KnownDifference> ALL = List.of();

  private KnownDifferences() {}
}
