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

/** An ONNX model of one node, whose output is called {@value #OUTPUT}. */
final class OneNodeModel {
  /** The output's name. */
  static final String OUTPUT = "y";

  private static final int IR_VERSION = 9;
  // The first in which AveragePool knows dilations.
  private static final int OPSET = 19;

  private final NodeProto.Builder node;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("task");
  private final List<Tensor> inputs = new ArrayList<>();
  private final Shape output;

  OneNodeModel(String operator, Shape output) {
    this.output = output;
    node = NodeProto.newBuilder().setOpType(operator).addOutput(OUTPUT);
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
    TensorProto.Builder w = TensorProto.newBuilder().setName("w");
    Arrays.stream(values.shape().toArray()).forEach(w::addDims);
    w.setDataType(TensorProto.DataType.FLOAT.getNumber()).setRawData(ByteString.copyFrom(bytes));
    node.addInput("w");
    graph.addInitializer(w);
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
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph.clone().addNode(node))
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
