package io.lanewise.onnx.host;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.file.OnnxWriter;
import io.lanewise.onnx.model.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs a model without inputs in ONNX Runtime. */
final class RuntimeRun {
  private RuntimeRun() {}

  static List<TypedTensor> of(OnnxModel model, List<ElementType> types) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    List<TypedTensor> outputs = new ArrayList<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(1);
      try (OrtSession session =
              environment.createSession(new OnnxWriter().toBytes(model), options);
          OrtSession.Result result = session.run(Map.of())) {
        for (int i = 0; i < result.size(); i++) {
          outputs.add(read((OnnxTensor) result.get(i), types.get(i)));
        }
      }
    }
    return outputs;
  }

  private static TypedTensor read(OnnxTensor t, ElementType type) throws OrtException {
    TensorInfo info = t.getInfo();
    int[] dims = Arrays.stream(info.getShape()).mapToInt(Math::toIntExact).toArray();
    TypedTensor y = TypedTensor.zeros(type, Shape.of(dims));
    if (type == ElementType.STRING) {
      String[] texts = dims.length == 0 ? new String[] {(String) t.getValue()} : flat(t.getValue());
      System.arraycopy(texts, 0, y.strings(), 0, texts.length);
      return y;
    }
    ByteBuffer bytes = t.getByteBuffer().order(ByteOrder.nativeOrder());
    for (int i = 0; i < y.size(); i++) {
      switch (type) {
        case FLOAT -> y.setDouble(i, bytes.getFloat());
        case DOUBLE -> y.setDouble(i, bytes.getDouble());
        case FLOAT16 -> y.setDouble(i, HalfFloats.fromFloat16(bytes.getShort()));
        case BFLOAT16 -> y.setDouble(i, HalfFloats.fromBfloat16(bytes.getShort()));
        case INT64, UINT64 -> y.setLong(i, bytes.getLong());
        case INT32, UINT32 -> y.setLong(i, bytes.getInt());
        case INT16, UINT16 -> y.setLong(i, bytes.getShort());
        default -> y.setLong(i, bytes.get());
      }
    }
    return y;
  }

  private static String[] flat(Object value) {
    return value instanceof String[] texts
        ? texts
        : Arrays.stream((Object[]) value)
            .flatMap(v -> Arrays.stream(flat(v)))
            .toArray(String[]::new);
  }
}
