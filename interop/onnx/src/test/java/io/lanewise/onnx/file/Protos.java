package io.lanewise.onnx.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/** Models made by protocol buffers' own code. */
final class Protos {
  private Protos() {}

  static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph);
  }

  /** A graph named g of nodes, without inputs, outputs and initializers. */
  static GraphProto.Builder graph(NodeProto.Builder... nodes) {
    GraphProto.Builder g = GraphProto.newBuilder().setName("g");
    for (NodeProto.Builder n : nodes) {
      g.addNode(n);
    }
    return g;
  }

  /** {@code y = Relu(x)}, x and y float [1, 3]. */
  static GraphProto.Builder relu() {
    return graph(node("Relu", List.of("x"), List.of("y")))
        .addInput(value("x", 1, 1, 3))
        .addOutput(value("y", 1, 1, 3));
  }

  static NodeProto.Builder node(String op, List<String> inputs, List<String> outputs) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName(op.toLowerCase(java.util.Locale.ROOT))
        .addAllInput(inputs)
        .addAllOutput(outputs);
  }

  static ValueInfoProto.Builder value(String name, int type, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long d : dims) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(d));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)));
  }

  static TensorProto.Builder tensor(String name, DataType type, long... dims) {
    TensorProto.Builder t = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long d : dims) {
      t.addDims(d);
    }
    return t;
  }

  /** A vector of floats. */
  static TensorProto.Builder floats(String name, float... values) {
    TensorProto.Builder t = tensor(name, DataType.FLOAT, values.length);
    for (float v : values) {
      t.addFloatData(v);
    }
    return t;
  }

  static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
