package io.lanewise.onnx.model;

import io.lanewise.layers.typed.TypedTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes in the order in which they run.
 *
 * @param name of no further meaning
 * @param nodes each after those whose outputs it reads
 * @param initializers constants by name, in the file's order; one that is an input, too, is the
 *     input's default
 * @param inputs what a caller gives
 * @param outputs what it computes
 * @param values what is known of values in between, by name
 */
public record OnnxGraph(
    String name,
    List<OnnxNode> nodes,
    Map<String, TypedTensor> initializers,
    List<ValueInfo> inputs,
    List<ValueInfo> outputs,
    Map<String, ValueInfo> values) {
  /** Copies what may change. */
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
