package io.lanewise.onnx.model;

import java.util.List;
import java.util.Map;

/**
 * A model.
 *
 * @param irVersion version of the format
 * @param producer name and version of what wrote it, or empty
 * @param opsets version of the operators by domain; the standard's own domain is {@code ""}
 * @param graph what it computes
 * @param functions operators that the model itself defines
 * @param metadata names and values of no further meaning
 */
public record OnnxModel(
    long irVersion,
    String producer,
    Map<String, Long> opsets,
    OnnxGraph graph,
    List<OnnxFunction> functions,
    Map<String, String> metadata) {
  /** Copies what may change. */
  public OnnxModel {
    opsets = Map.copyOf(opsets);
    functions = List.copyOf(functions);
    metadata = Map.copyOf(metadata);
  }
}
