package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.lower.LoweringsTest.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How a case of each operator is drawn. */
final class Draws {
  static final Map<String, Consumer<Draw>> BY_OPERATOR = all();

  private Draws() {}

  private static Map<String, Consumer<Draw>> all() {
    Map<String, Consumer<Draw>> m = new TreeMap<>();
    for (String op :
        List.of(
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softsign",
            "Softplus",
            "Selu",
            "Neg",
            "Abs",
            "Sign",
            "Exp",
            "Sin",
            "Cos",
            "Erf",
            "Floor",
            "Ceil",
            "Round",
            "HardSwish",
            "Identity",
            "Elu",
            "Celu",
            "LeakyRelu",
            "ThresholdedRelu",
            "HardSigmoid",
            "Dropout")) {
      m.put(op, d -> d.x(any(d)));
    }
    m.put("Mish", d -> d.opset(18).x(any(d)));
    m.put("Gelu", d -> d.opset(20).x(any(d)).with("approximate", d.oneOf(List.of("none", "tanh"))));
    for (String op : List.of("Sqrt", "Log", "Reciprocal")) {
      m.put(op, d -> d.floats(0.1, 4, any(d)));
    }
    for (String op :
        List.of(
            "Add",
            "Sub",
            "Mul",
            "Max",
            "Min",
            "Sum",
            "Mean",
            "Equal",
            "Less",
            "LessOrEqual",
            "Greater",
            "GreaterOrEqual")) {
      m.put(op, Draws::broadcast);
    }
    m.put("Div", d -> d.x(2, 3, 4).floats(0.5, 2, 3, 1));
    m.put("Pow", Draws::pow);
    m.put("Mod", d -> d.x(3, 4).floats(0.5, 2, 4).with("fmod", 1));
    m.put("Where", d -> d.input(mask(d, 2, 1, 4)).x(3, 4).x(2, 3, 1));
    m.put("Cast", d -> d.integers(-5, 5, 2, 3).with("to", 1));
    m.put("Clip", Draws::clip);
    m.put("PRelu", Draws::prelu);
    for (String op : List.of("Softmax", "LogSoftmax")) {
      m.put(op, d -> d.opset(d.coin() ? 11 : 13).x(2, 3, 4).with("axis", d.between(-3, 2)));
    }
    for (String op :
        List.of(
            "ReduceSum",
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceProd",
            "ReduceL1",
            "ReduceL2",
            "ReduceSumSquare",
            "ReduceLogSumExp")) {
      m.put(op, d -> reduce(d, op, -2));
    }
    m.put("ReduceLogSum", d -> reduce(d, "ReduceLogSum", 0.1));
    m.put("ArgMax", Draws::arg);
    m.put("ArgMin", Draws::arg);
    m.put(
        "TopK",
        d ->
            d.x(3, 5)
                .longs(d.between(1, 5))
                .with("axis", 1)
                .with("largest", d.between(0, 1))
                .alsoOutput("indices"));
    m.put(
        "CumSum",
        d ->
            d.x(3, 4, 2)
                .constant(TypedTensor.scalar(d.between(-3, 2)))
                .with("exclusive", d.between(0, 1))
                .with("reverse", d.between(0, 1)));
    SpatialDraws.addTo(m);
    movements(m);
    return m;
  }

  private static void movements(Map<String, Consumer<Draw>> m) {
    m.put("Concat", d -> d.x(2, 3, 4).x(2, d.between(1, 3), 4).x(2, 1, 4).with("axis", 1));
    m.put("Split", d -> d.x(2, 6).longs(1, 3, 2).with("axis", 1).alsoOutput("b").alsoOutput("c"));
    m.put("Slice", Draws::slice);
    m.put("Pad", Draws::pad);
    m.put(
        "Transpose",
        d ->
            d.x(2, 3, 4, 2)
                .with("perm", d.oneOf(List.of(new int[] {0, 2, 3, 1}, new int[] {3, 1, 0, 2}))));
    m.put("Expand", d -> d.x(3, 1).longs(2, 1, d.between(1, 6)));
    m.put("Tile", d -> d.x(2, 3).longs(d.between(1, 3), 2));
    m.put("Reshape", d -> d.x(2, 3, 4).longs(d.coin() ? 0 : 4, -1));
    m.put("Flatten", d -> d.x(2, 3, 4).with("axis", d.between(-3, 3)));
    m.put("Squeeze", d -> d.x(2, 1, 3, 1).longs(d.coin() ? 1 : -1));
    m.put("Unsqueeze", d -> d.x(2, 3).longs(0, d.between(1, 3)));
    m.put(
        "DepthToSpace",
        d -> d.x(2, 12, 2, 3).with("blocksize", 2).with("mode", d.oneOf(List.of("DCR", "CRD"))));
    m.put("SpaceToDepth", d -> d.x(1, 3, 4, 6).with("blocksize", 2));
    m.put(
        "Trilu",
        d ->
            d.x(2, 4, 5)
                .constant(TypedTensor.scalar(d.between(-2, 2)))
                .with("upper", d.between(0, 1)));
    m.put("Gather", Draws::gather);
    m.put("GatherElements", d -> d.x(4, 3).integers(-4, 4, 2, 3).with("axis", 0));
    m.put("GatherND", d -> d.x(3, 4, 2).indices(3, 5, 2));
    m.put(
        "ScatterElements",
        d ->
            d.opset(16)
                .x(4, 3)
                .input(rows(3))
                .x(1, 3)
                .with("reduction", d.oneOf(List.of("none", "add", "mul"))));
    m.put("Scatter", d -> d.opset(10).x(4, 3).input(rows(3)).x(1, 3));
    m.put(
        "ScatterND",
        d ->
            d.opset(16)
                .x(4, 3)
                .input(TypedTensor.of(ElementType.INT64, Shape.of(2, 1), new long[] {3, 1}))
                .x(2, 3)
                .with("reduction", d.oneOf(List.of("none", "add", "mul"))));
    m.put("Einsum", Draws::einsum);
    m.put("MatMul", Draws::matMul);
    m.put("Gemm", Draws::gemm);
  }

  private static TypedTensor rows(int n) {
    long[] at = new long[n];
    Arrays.setAll(at, i -> (i * 3L + 1) % 4);
    return TypedTensor.of(ElementType.INT64, Shape.of(1, n), at);
  }

  private static TypedTensor mask(Draw d, int... dims) {
    TypedTensor t = TypedTensor.zeros(ElementType.BOOL, Shape.of(dims));
    for (int i = 0; i < t.size(); i++) {
      t.setLong(i, d.between(0, 1));
    }
    return t;
  }

  static int[] any(Draw d) {
    int[] dims = new int[d.between(1, 4)];
    Arrays.setAll(dims, i -> d.between(1, 7));
    return dims;
  }

  private static void broadcast(Draw d) {
    d.x(2, d.between(1, 3) == 1 ? 1 : 3, 4);
    if (d.coin()) {
      d.w(3, 1);
    } else {
      d.x(3, 4);
    }
  }

  private static void pow(Draw d) {
    d.floats(0.2, 2, 3, 4);
    switch (d.between(0, 2)) {
      case 0 -> d.number(d.oneOf(List.of(2.0, 0.5, 3.0, 1.0)));
      case 1 -> d.x(4);
      default -> d.integers(-2, 3, 3, 1);
    }
  }

  private static void clip(Draw d) {
    d.x(any(d));
    switch (d.between(0, 3)) {
      case 0 -> d.opset(10).with("min", -0.5f).with("max", 1f);
      case 1 -> d.number(-0.5).number(0.5);
      case 2 -> d.leftOut().number(0.25);
      default -> d.number(0.5).number(-0.5);
    }
  }

  private static void prelu(Draw d) {
    d.x(2, 3, 4, 5);
    switch (d.between(0, 2)) {
      case 0 -> d.w(3, 1, 1);
      case 1 -> d.w(1);
      default -> d.w(4, 1);
    }
  }

  private static void reduce(Draw d, String opType, double least) {
    d.floats(least, 2, 2, 3, 4, 2).with("keepdims", d.between(0, 1));
    int[] axes = d.oneOf(List.of(new int[] {1}, new int[] {2, 3}, new int[] {-1, 0}));
    if (opType.equals("ReduceSum") || d.coin()) {
      d.opset(18).longs(Arrays.stream(axes).asLongStream().toArray());
    } else {
      d.with("axes", axes);
    }
  }

  private static void arg(Draw d) {
    d.x(3, 4, 2).with("axis", d.between(-3, 2)).with("keepdims", d.between(0, 1));
  }

  private static void slice(Draw d) {
    d.x(5, 6);
    switch (d.between(0, 2)) {
      case 0 -> d.longs(1, 0).longs(4, Long.MAX_VALUE).longs(0, 1).longs(1, 2);
      case 1 -> d.longs(-1).longs(Long.MIN_VALUE).longs(1).longs(-1);
      default -> d.opset(9).with("starts", new int[] {1}).with("ends", new int[] {-1});
    }
  }

  private static void pad(Draw d) {
    d.x(1, 3, 4, 5);
    String mode = d.oneOf(List.of("constant", "edge", "reflect"));
    d.longs(0, 0, d.between(0, 2), 1, 0, 0, 1, d.between(0, 2)).with("mode", mode);
    if (mode.equals("constant")) {
      d.number(0.5);
    }
  }

  private static void gather(Draw d) {
    d.x(4, 5);
    if (d.coin()) {
      d.constant(TypedTensor.scalar(d.between(-4, 3))).with("axis", 0);
    } else {
      d.integers(-5, 5, 2, 2).with("axis", 1);
    }
  }

  private static void einsum(Draw d) {
    String equation = d.oneOf(List.of("bij,bjk->bik", "bhqd,bhkd->bhqk", "ij,kj->ki"));
    switch (equation) {
      case "bij,bjk->bik" -> d.x(2, 3, 4).x(2, 4, 5);
      case "ij,kj->ki" -> d.x(3, 4).x(2, 4);
      default -> d.x(2, 2, 3, 4).x(2, 2, 5, 4);
    }
    d.with("equation", equation);
  }

  private static void matMul(Draw d) {
    switch (d.between(0, 3)) {
      case 0 -> d.x(3, 4).w(4, 5);
      case 1 -> d.x(2, 3, 4).w(4, 5);
      case 2 -> d.x(2, 2, 3, 4).x(2, 1, 4, 3);
      default -> d.x(3, 4).x(4);
    }
  }

  private static void gemm(Draw d) {
    boolean a = d.coin();
    boolean b = d.coin();
    d.x(a ? 4 : 3, a ? 3 : 4).w(b ? 5 : 4, b ? 4 : 5);
    if (d.coin()) {
      d.w(d.oneOf(List.of(new int[] {5}, new int[] {3, 1}, new int[] {1, 5})));
    }
    d.with("transA", a ? 1 : 0).with("transB", b ? 1 : 0).with("alpha", 0.5f).with("beta", 2f);
  }
}
