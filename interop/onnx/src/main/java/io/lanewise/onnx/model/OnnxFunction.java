package io.lanewise.onnx.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator that a model defines by others.
 *
 * @param domain its domain
 * @param name its operator type
 * @param inputs its parameters' names
 * @param outputs its results' names
 * @param attributes names of attributes that a call must give
 * @param defaults attributes that a call may give
 * @param opsets version of the operators by domain
 * @param nodes what it computes, in order
 */
public record OnnxFunction(
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    List<String> attributes,
    Map<String, Attribute> defaults,
    Map<String, Long> opsets,
    List<OnnxNode> nodes) {
  /** Copies what may change; the standard's long name for its own domain becomes empty. */
  public OnnxFunction {
    domain = domain.equals("ai.onnx") ? "" : domain;
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
    nodes = List.copyOf(nodes);
  }
}
