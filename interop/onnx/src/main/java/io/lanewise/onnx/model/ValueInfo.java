package io.lanewise.onnx.model;

/**
 * What a model says of a value.
 *
 * @param name the value
 * @param type its type, as far as it is told
 */
public record ValueInfo(String name, ValueType type) {}
