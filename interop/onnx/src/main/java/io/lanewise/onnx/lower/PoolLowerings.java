package io.lanewise.onnx.lower;

import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOp;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Poolings. */
final class PoolLowerings {
  private PoolLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("MaxPool", PoolLowerings::max);
    table.floats("AveragePool", PoolLowerings::average);
    table.floats("LpPool", PoolLowerings::lp);
    table.floats("GlobalMaxPool", call -> global(call, ReduceOp.MAX, GraphOps::maxPool));
    table.floats(
        "GlobalAveragePool", call -> global(call, ReduceOp.MEAN, s -> GraphOps.avgPool(s, true)));
    table.floats("GlobalLpPool", PoolLowerings::globalLp);
    table.floats("MaxUnpool", PoolLowerings::unpool, 0);
  }

  private static List<Value> max(LoweringCall call) {
    PoolShape shape = shape(call);
    boolean places = call.node().hasOutput(1);
    if (shape == null || (places && call.node().intOr("storage_order", 0) != 0)) {
      return LoweringCall.DECLINED;
    }
    return places
        ? call.addAll(GraphOps.maxPoolWithIndices(shape, true), call.input(0))
        : call.only(GraphOps.maxPool(shape), call.input(0));
  }

  private static List<Value> average(LoweringCall call) {
    PoolShape shape = shape(call);
    boolean countsPadding = call.node().intOr("count_include_pad", 0) != 0;
    return shape == null
        ? LoweringCall.DECLINED
        : call.only(GraphOps.avgPool(shape, countsPadding), call.input(0));
  }

  private static List<Value> lp(LoweringCall call) {
    PoolShape shape = shape(call);
    return shape == null
        ? LoweringCall.DECLINED
        : call.only(GraphOps.lpPool(shape, (double) call.node().intOr("p", 2)), call.input(0));
  }

  /** The geometry; null if kernels do not have it. */
  private static PoolShape shape(LoweringCall call) {
    Shape x = call.shape(0);
    if (x.rank() < 3) {
      throw call.wrong("expected [n][c] and axes, got %s", x);
    }
    if (!call.node().has("kernel_shape")) {
      throw call.wrong("kernel_shape is missing");
    }
    Windows w = Windows.of(call, Windows.numbers(call, "kernel_shape", x.rank() - 2, 1));
    if (!Windows.areImages(x) || w.cuts()) {
      return null;
    }
    PoolShape.Builder shape =
        PoolShape.input(x)
            .window(w.kernel())
            .stride(w.strides())
            .dilation(w.dilations())
            .padding(w.padding());
    return (call.node().intOr("ceil_mode", 0) == 0 ? shape : shape.ceil()).build();
  }

  /** One window as large as the image; more axes than kernels have are a reduction. */
  private static List<Value> global(
      LoweringCall call, ReduceOp op, Function<PoolShape, GraphOp> pool) {
    Shape x = call.shape(0);
    if (Windows.areImages(x)) {
      return call.only(pool.apply(PoolShape.global(x)), call.input(0));
    }
    if (x.rank() < 3 || x.size() == 0) {
      return LoweringCall.DECLINED;
    }
    int[] axes = IntStream.range(2, x.rank()).toArray();
    return call.only(GraphOps.reduce(op, true, axes), call.input(0));
  }

  private static List<Value> globalLp(LoweringCall call) {
    Shape x = call.shape(0);
    if (!Windows.areImages(x)) {
      return LoweringCall.DECLINED;
    }
    PoolShape shape = PoolShape.global(x);
    return call.only(GraphOps.lpPool(shape, (double) call.node().intOr("p", 2)), call.input(0));
  }

  private static List<Value> unpool(LoweringCall call) {
    Shape x = call.shape(0);
    if (!Windows.areImages(x) || (call.has(2) && call.longs(2).isEmpty())) {
      return LoweringCall.DECLINED;
    }
    Windows w = Windows.of(call, Windows.numbers(call, "kernel_shape", x.rank() - 2, 1));
    long[] inferred = new long[x.rank()];
    inferred[0] = x.dim(0);
    inferred[1] = x.dim(1);
    for (int i = 0; i < w.kernel().length; i++) {
      inferred[i + 2] =
          (x.dim(i + 2) - 1L) * w.strides()[i] + w.kernel()[i] - w.before()[i] - w.after()[i];
    }
    if (call.has(2)) {
      long[] told = call.longs(2).orElseThrow();
      // Places count through the inferred tensor: in another one they would be others.
      return Arrays.equals(told, inferred)
          ? call.only(GraphOps.maxUnpool(call.shapeOf(told), true), call.input(0), call.input(1))
          : LoweringCall.DECLINED;
    }
    return call.only(
        GraphOps.maxUnpool(call.shapeOf(inferred), true), call.input(0), call.input(1));
  }
}
