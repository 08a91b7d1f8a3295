package io.lanewise.propertytests.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** An ONNX model of a node or two, built in code, with the tensors to feed it. */
final class OnnxGraph {
  private static final int IR_VERSION = 9;
  private static final int OPSET = 19; // the first whose AveragePool has dilations

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("law");
  private final Map<String, Tensor> feeds = new LinkedHashMap<>();

  /** An input, fed at each run. */
  OnnxGraph feed(String name, Tensor t) {
    feeds.put(name, t);
    graph.addInput(value(name, TensorProto.DataType.FLOAT, t.shape().toArray()));
    return this;
  }

  /** A tensor that is part of the model, as weights are. */
  OnnxGraph constant(String name, Tensor t) {
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes(t)));
    for (int dim : t.shape().toArray()) {
      proto.addDims(dim);
    }
    graph.addInitializer(proto);
    return this;
  }

  /** A number that is part of the model. */
  OnnxGraph scalar(String name, float value) {
    return constant(name, Tensor.of(Shape.of(), value));
  }

  /** Whole numbers that are part of the model, such as the axes of a sum. */
  OnnxGraph constant(String name, long... values) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length)
            .addAllInt64Data(LongStream.of(values).boxed().toList()));
    return this;
  }

  private static byte[] bytes(Tensor t) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * t.size()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(t.array(), t.offset(), t.size());
    return buffer.array();
  }

  /** A node; attributes by {@link #integer}, {@link #number} and {@link #integers}. */
  OnnxGraph node(String op, List<String> in, List<String> out, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(op)
            .addAllInput(in)
            .addAllOutput(out)
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto integers(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList())
        .build();
  }

  /** What is fed. */
  Map<String, Tensor> feeds() {
    return feeds;
  }

  /** The model with a float32 output, and perhaps a second one of int64. */
  byte[] model(String output, String indices) {
    graph.clearOutput();
    graph.addOutput(value(output, TensorProto.DataType.FLOAT));
    if (indices != null) {
      graph.addOutput(value(indices, TensorProto.DataType.INT64));
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** Without dimensions: of any shape. */
  private static ValueInfoProto value(String name, TensorProto.DataType type, int... dims) {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    if (dims.length > 0) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (int dim : dims) {
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
      }
      tensor.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
