package io.lanewise.rivals.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX model of one node, and perhaps one that follows it, whose output is called {@value
 * #OUTPUT}.
 */
final class OneNodeModel {
  /** The output's name. */
  static final String OUTPUT = "y";

  private static final int IR_VERSION = 9;
  // The first in which Gelu is an operator; in the one before AveragePool learnt dilations.
  private static final int OPSET = 20;

  private final NodeProto.Builder node;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("task");
  private final List<Tensor> inputs = new ArrayList<>();
  private final Shape output;
  private int constants;
  private String after;

  OneNodeModel(String operator, Shape output) {
    this.output = output;
    node = NodeProto.newBuilder().setOpType(operator);
    graph.addOutput(value(OUTPUT, output));
  }

  /** The next operand, given with every run. */
  OneNodeModel input(Tensor values) {
    String name = "x" + inputs.size();
    inputs.add(values);
    node.addInput(name);
    graph.addInput(value(name, values.shape()));
    return this;
  }

  /** The next operand, a constant of the model: ONNX Runtime packs it when it loads the model. */
  OneNodeModel constant(Tensor values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.array(), values.offset(), values.size());
    TensorProto.Builder w = TensorProto.newBuilder();
    Arrays.stream(values.shape().toArray()).forEach(w::addDims);
    return constant(
        w.setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes)));
  }

  /** The next operand, a list of integers that the model holds. */
  OneNodeModel constant(long... values) {
    TensorProto.Builder w = TensorProto.newBuilder().addDims(values.length);
    Arrays.stream(values).forEach(w::addInt64Data);
    return constant(w.setDataType(TensorProto.DataType.INT64.getNumber()));
  }

  private OneNodeModel constant(TensorProto.Builder w) {
    String name = "w" + constants++;
    node.addInput(name);
    graph.addInitializer(w.setName(name));
    return this;
  }

  /** The next operand is left out. */
  OneNodeModel without() {
    node.addInput("");
    return this;
  }

  /** An operator without attributes that the result goes through. */
  OneNodeModel then(String operator) {
    after = operator;
    return this;
  }

  /** An attribute of one real number. */
  OneNodeModel set(String name, float value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.FLOAT)
            .setF(value));
    return this;
  }

  /** An attribute of a word. */
  OneNodeModel set(String name, String value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.STRING)
            .setS(ByteString.copyFromUtf8(value)));
    return this;
  }

  /** An attribute of one integer. */
  OneNodeModel set(String name, long value) {
    node.addAttribute(
        AttributeProto.newBuilder()
            .setName(name)
            .setType(AttributeProto.AttributeType.INT)
            .setI(value));
    return this;
  }

  /** An attribute of a list. */
  OneNodeModel set(String name, long[] values) {
    AttributeProto.Builder list =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(list::addInts);
    node.addAttribute(list);
    return this;
  }

  /** Operands to give with a run, called x0, x1... */
  List<Tensor> inputs() {
    return List.copyOf(inputs);
  }

  /** The output's shape. */
  Shape output() {
    return output;
  }

  /** The file's content. */
  byte[] bytes() {
    GraphProto.Builder all = graph.clone();
    if (after == null) {
      all.addNode(node.clone().addOutput(OUTPUT));
    } else {
      all.addNode(node.clone().addOutput("between"));
      all.addNode(NodeProto.newBuilder().setOpType(after).addInput("between").addOutput(OUTPUT));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(all)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, Shape shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int d : shape.toArray()) {
      dims.addDim(Dimension.newBuilder().setDimValue(d));
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(dims);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
