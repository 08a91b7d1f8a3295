package io.lanewise.onnx.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model. The maps keep their order.
 *
 * @param irVersion version of the format
 * @param producer what wrote it, or empty
 * @param producerVersion version of what wrote it, or empty
 * @param opsets version of the operators by domain; the standard's own domain is {@code ""}
 * @param graph what it computes
 * @param functions operators that the model itself defines
 * @param metadata names and values of no further meaning
 */
public record OnnxModel(
    long irVersion,
    String producer,
    String producerVersion,
    Map<String, Long> opsets,
    OnnxGraph graph,
    List<OnnxFunction> functions,
    Map<String, String> metadata) {
  /** Copies what may change. */
  public OnnxModel {
    opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
    functions = List.copyOf(functions);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
