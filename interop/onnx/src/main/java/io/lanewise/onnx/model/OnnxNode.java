package io.lanewise.onnx.model;

import io.lanewise.layers.typed.TypedTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One use of an operator.
 *
 * @param name may be empty
 * @param domain {@code ""} for the standard's own operators
 * @param opType the operator
 * @param inputs values' names; {@code ""} where an optional one is left out
 * @param outputs values' names; {@code ""} where one is not wanted
 * @param attributes by name
 */
public record OnnxNode(
    String name,
    String domain,
    String opType,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {
  /** Copies what may change; the standard's long name for its own domain becomes empty. */
  public OnnxNode {
    domain = domain.equals("ai.onnx") ? "" : domain;
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** True if input {@code i} is given. */
  public boolean hasInput(int i) {
    return i < inputs.size() && !inputs.get(i).isEmpty();
  }

  /** True if output {@code i} is wanted. */
  public boolean hasOutput(int i) {
    return i < outputs.size() && !outputs.get(i).isEmpty();
  }

  /** True if attribute {@code key} is given. */
  public boolean has(String key) {
    return attributes.containsKey(key);
  }

  /** An integer attribute. */
  public long intOr(String key, long otherwise) {
    return get(key, Attribute.OfInt.class).map(Attribute.OfInt::value).orElse(otherwise);
  }

  /** A floating-point attribute. */
  public float floatOr(String key, float otherwise) {
    return get(key, Attribute.OfFloat.class).map(Attribute.OfFloat::value).orElse(otherwise);
  }

  /** A text attribute. */
  public String textOr(String key, String otherwise) {
    return get(key, Attribute.OfText.class).map(Attribute.OfText::value).orElse(otherwise);
  }

  /** A list of integers. */
  public Optional<long[]> ints(String key) {
    return get(key, Attribute.OfInts.class)
        .map(a -> a.values().stream().mapToLong(Long::longValue).toArray());
  }

  /** A list of floats. */
  public Optional<List<Float>> floats(String key) {
    return get(key, Attribute.OfFloats.class).map(Attribute.OfFloats::values);
  }

  /** A list of texts. */
  public Optional<List<String>> texts(String key) {
    return get(key, Attribute.OfTexts.class).map(Attribute.OfTexts::values);
  }

  /** A tensor. */
  public Optional<TypedTensor> tensor(String key) {
    return get(key, Attribute.OfTensor.class).map(Attribute.OfTensor::value);
  }

  /** A graph. */
  public Optional<OnnxGraph> graph(String key) {
    return get(key, Attribute.OfGraph.class).map(Attribute.OfGraph::value);
  }

  private <A extends Attribute> Optional<A> get(String key, Class<A> type) {
    Attribute a = attributes.get(key);
    if (a != null && !type.isInstance(a)) {
      throw new OnnxException(
          "%s: attribute '%s' should be %s, got %s"
              .formatted(describe(), key, Attribute.nameOf(type), Attribute.nameOf(a.getClass())));
    }
    return Optional.ofNullable(type.cast(a));
  }

  /** For messages: {@code node 'conv1' (Conv)}. */
  public String describe() {
    String op = domain.isEmpty() ? opType : domain + "." + opType;
    String by = name.isEmpty() && !outputs.isEmpty() ? outputs.getFirst() : name;
    return "node '%s' (%s)".formatted(by, op);
  }
}
