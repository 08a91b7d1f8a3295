package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.quantised.ByteTensor;
import io.lanewise.kernels.quantised.Calibration;
import io.lanewise.kernels.quantised.Dequantise;
import io.lanewise.kernels.quantised.DynamicLinear;
import io.lanewise.kernels.quantised.IntTensor;
import io.lanewise.kernels.quantised.NarrowConv;
import io.lanewise.kernels.quantised.NarrowLinear;
import io.lanewise.kernels.quantised.NarrowTransposedConv;
import io.lanewise.kernels.quantised.Quantisation;
import io.lanewise.kernels.quantised.Quantise;
import io.lanewise.kernels.quantised.QuantisedConv;
import io.lanewise.kernels.quantised.QuantisedGemm;
import io.lanewise.kernels.quantised.QuantisedType;
import io.lanewise.kernels.quantised.Requantisation;
import io.lanewise.kernels.quantised.WeightFormat;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;

/** Operations on 8-bit codes and on narrow weights. */
final class QuantisedOperations {
  private static final String FAMILY = "quantised";
  private static final List<Integer> MATRICES = List.of(2);
  private static final Quantisation X = Quantisation.perTensor(QuantisedType.UINT8, 0.02f, 120);
  private static final Quantisation W = Quantisation.perTensor(QuantisedType.INT8, 0.03f, 0);
  private static final Quantisation Y = Quantisation.perTensor(QuantisedType.UINT8, 0.05f, 100);
  private static final LinearShape LINEAR = new LinearShape(2, 30, 19);

  private QuantisedOperations() {}

  static List<Operation> all() {
    return List.of(
        Operation.of(FAMILY, "quantise", Operation.ANY, QuantisedOperations::quantise),
        Operation.of(FAMILY, "dequantise", Operation.ANY, QuantisedOperations::dequantise),
        Operation.of(FAMILY, "int8 convolution", Operation.SPATIAL, QuantisedOperations::conv),
        Operation.of(FAMILY, "int8 matrix product", MATRICES, (backend, axes) -> gemm(backend)),
        Operation.of(
            FAMILY, "linear, dynamically quantised", MATRICES, (backend, axes) -> dynamic(backend)),
        Operation.of(
            FAMILY,
            "linear, int8 weights",
            MATRICES,
            (backend, axes) -> narrow(backend, WeightFormat.INT8)),
        Operation.of(
            FAMILY,
            "linear, float16 weights",
            MATRICES,
            (backend, axes) -> narrow(backend, WeightFormat.FLOAT16)),
        Operation.of(
            FAMILY,
            "linear, bfloat16 weights",
            MATRICES,
            (backend, axes) -> narrow(backend, WeightFormat.BFLOAT16)),
        Operation.of(
            FAMILY,
            "convolution, float16 weights",
            Operation.SPATIAL,
            (backend, axes) -> narrowConv(backend, axes, WeightFormat.FLOAT16)),
        Operation.of(
            FAMILY,
            "convolution, bfloat16 weights",
            Operation.SPATIAL,
            (backend, axes) -> narrowConv(backend, axes, WeightFormat.BFLOAT16)),
        Operation.of(
            FAMILY,
            "transposed convolution, float16 weights",
            Operation.SPATIAL,
            (backend, axes) -> narrowTransposed(backend, axes, WeightFormat.FLOAT16)),
        Operation.of(
            FAMILY,
            "transposed convolution, bfloat16 weights",
            Operation.SPATIAL,
            (backend, axes) -> narrowTransposed(backend, axes, WeightFormat.BFLOAT16)));
  }

  private static ByteTensor codes(Shape shape, int seed, Quantisation q) {
    ByteTensor codes = ByteTensor.zeros(shape);
    float[] values = ExampleData.tensor(shape, seed).array();
    for (int i = 0; i < values.length; i++) {
      codes.array()[i] = q.code(values[i], 0);
    }
    return codes;
  }

  private static Tensor floats(ByteTensor codes, Quantisation q) {
    Tensor t = Tensor.zeros(codes.shape());
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = q.type().code(codes.array()[i]);
    }
    return t;
  }

  private static List<Tensor> quantise(Backend backend, int axes) {
    Shape shape = ExampleData.shape(axes);
    Quantise op = backend.quantised().quantise(shape, Layout.CHANNELS_FIRST, X);
    ByteTensor y = ByteTensor.zeros(shape);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.forward(ExampleData.tensor(shape, 1), y, ws, Parallel.SEQUENTIAL);
    return List.of(floats(y, X));
  }

  private static List<Tensor> dequantise(Backend backend, int axes) {
    Shape shape = ExampleData.shape(axes);
    Dequantise op = backend.quantised().dequantise(shape, Layout.CHANNELS_FIRST, X);
    Tensor y = Tensor.zeros(shape);
    Workspace ws = Workspace.allocate(op.workspace(), 1);
    op.forward(codes(shape, 1, X), y, ws, Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static String convolution(int axes) {
    return switch (axes) {
      case 1 -> "n2 ic6 iw11 oc4 kw3 p1 g2";
      case 2 -> "ic5 ih7 oc18 kh3 s2 p1";
      default -> "ic3 id4 ih5 oc6 kd2 kh3 p1";
    };
  }

  private static List<Tensor> narrowConv(Backend backend, int axes, WeightFormat format) {
    ConvShape s = ConvShape.parse(convolution(axes));
    NarrowConv op = backend.quantised().narrowConv(s, ConvOptions.DEFAULT, format);
    Tensor y = Tensor.zeros(s.y());
    op.run(
        ExampleData.tensor(s.x(), 1),
        op.pack(ExampleData.tensor(s.w(), 2)),
        Epilogue.bias(ExampleData.tensor(s.bias(), 3)),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> narrowTransposed(Backend backend, int axes, WeightFormat format) {
    TransposedConvShape s = TransposedConvShape.parse(convolution(axes));
    NarrowTransposedConv op =
        backend.quantised().narrowTransposedConv(s, ConvOptions.DEFAULT, format);
    Tensor y = Tensor.zeros(s.y());
    op.run(
        ExampleData.tensor(s.x(), 1),
        op.pack(ExampleData.tensor(s.w(), 2)),
        Epilogue.bias(ExampleData.tensor(s.bias(), 3)),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> conv(Backend backend, int axes) {
    ConvShape s = ConvShape.parse(convolution(axes));
    QuantisedConv op = backend.quantised().conv(s, Layout.CHANNELS_FIRST, X, W);
    ByteTensor y = ByteTensor.zeros(s.y());
    op.run(
        codes(s.x(), 1, X),
        op.pack(codes(s.w(), 2, W)),
        IntTensor.zeros(s.bias()),
        Requantisation.byScale(X, W, Y, s.oc()).relu(),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(floats(y, Y));
  }

  private static List<Tensor> gemm(Backend backend) {
    GemmShape s = GemmShape.of(3, 20, 30);
    QuantisedGemm op = backend.quantised().gemm(s, X, W);
    ByteTensor y = ByteTensor.zeros(s.c());
    op.run(
        codes(s.a(), 1, X),
        op.pack(codes(s.b(), 2, W)),
        null,
        Requantisation.fixedPoint(X, W, Y, s.n()),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(floats(y, Y));
  }

  private static List<Tensor> dynamic(Backend backend) {
    Tensor w = ExampleData.tensor(LINEAR.w(), 2);
    Quantisation q = Calibration.symmetric(QuantisedType.INT8, Calibration.minMax(w.toArray()));
    DynamicLinear op = backend.quantised().dynamicLinear(LINEAR, q);
    Tensor y = Tensor.zeros(LINEAR.y());
    op.run(
        ExampleData.tensor(LINEAR.x(), 1),
        op.pack(codes(LINEAR.w(), 2, q)),
        ExampleData.tensor(LINEAR.bias(), 3),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }

  private static List<Tensor> narrow(Backend backend, WeightFormat format) {
    NarrowLinear op = backend.quantised().narrowLinear(LINEAR, format);
    Tensor y = Tensor.zeros(LINEAR.y());
    op.run(
        ExampleData.tensor(LINEAR.x(), 1),
        op.pack(ExampleData.tensor(LINEAR.w(), 2)),
        ExampleData.tensor(LINEAR.bias(), 3),
        y,
        Workspace.allocate(op.workspace(), 1),
        Parallel.SEQUENTIAL);
    return List.of(y);
  }
}
