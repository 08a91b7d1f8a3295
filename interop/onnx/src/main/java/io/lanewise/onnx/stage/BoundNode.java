package io.lanewise.onnx.stage;

import io.lanewise.onnx.model.OnnxNode;

/**
 * A node and the version of the operators that it means; functions may be of another one than the
 * model that calls them.
 *
 * @param node the node
 * @param opset version of the node's domain
 */
public record BoundNode(OnnxNode node, int opset) {}
