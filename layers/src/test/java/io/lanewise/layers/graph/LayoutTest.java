package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.movement.UnfoldShape;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation behind a convolution, where images lie channels last, as it is where they do not.
 */
class LayoutTest {
  private static final Shape X = Shape.of(2, 4, 6, 5);

  /** Adds what is tested to a graph. */
  interface Adding extends BiFunction<Graph.Builder, Value, List<Value>> {}

  private static Tensor random(Shape shape, long seed) {
    Random random = new Random(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) random.nextGaussian();
    }
    return t;
  }

  private static Value constant(Graph.Builder b, int... dims) {
    return b.constant("c", random(Shape.of(dims), 5));
  }

  private static Value indices(Graph.Builder b, Shape shape, long... values) {
    return b.constant("i", TypedTensor.of(ElementType.INT64, shape, values));
  }

  private static void one(Map<String, Adding> all, GraphOp op) {
    all.put(op.toString(), (b, x) -> b.addAll("op", op, x));
  }

  private static void two(Map<String, Adding> all, GraphOp op, int... dims) {
    all.put(op + " " + Shape.of(dims), (b, x) -> b.addAll("op", op, x, constant(b, dims)));
    if (op.name().equals("sub")) {
      all.put(op + " of " + Shape.of(dims), (b, x) -> b.addAll("op", op, constant(b, dims), x));
    }
  }

  static Stream<Arguments> operations() {
    Map<String, Adding> all = new LinkedHashMap<>();
    addImages(all);
    addAlongAxes(all);
    addMovements(all);
    addOthers(all);
    return all.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static void addImages(Map<String, Adding> all) {
    PoolShape pool = PoolShape.input(X).window(3, 2).stride(2).padding(1).ceil().build();
    one(all, GraphOps.maxPool(pool));
    one(all, GraphOps.maxPoolWithIndices(pool, true));
    one(all, GraphOps.maxPoolWithIndices(pool, false));
    one(all, GraphOps.avgPool(pool, true));
    one(all, GraphOps.avgPool(pool, false));
    one(all, GraphOps.lpPool(pool, 2));
    one(all, GraphOps.adaptiveAvgPool(AdaptivePoolShape.of(X, 3, 2)));
    one(all, GraphOps.adaptiveMaxPool(AdaptivePoolShape.of(X, 3, 2)));
    one(all, GraphOps.resize(ResizeShape.of(X.toArray()).to(9, 7).build()));
    one(all, GraphOps.resize(ResizeShape.of(X.toArray()).to(9, 7).by(Interpolation.CUBIC).build()));
    one(all, GraphOps.lrn(Lrn.onnx(3, 0.1, 0.75, 1)));
    one(all, GraphOps.lrnWithinChannel(Lrn.onnx(3, 0.1, 0.75, 1)));
    two(all, GraphOps.groupNorm(2, 1e-5), 4);
    two(all, GraphOps.instanceNorm(1e-5), 4);
    for (NormSpan span : NormSpan.values()) {
      one(all, GraphOps.meanVarianceNorm(span, 1e-9));
    }
    two(all, GraphOps.prelu(), 4, 1, 1);
    two(all, GraphOps.prelu(), 1);
    one(all, GraphOps.activation(Activation.gelu()));
    one(all, GraphOps.unary(UnaryOp.ERF));
    one(all, GraphOps.depthToSpace(2, BlockOrder.CRD));
    one(all, GraphOps.depthToSpace(2, BlockOrder.DCR));
    one(all, GraphOps.channelShuffle(2));
    ConvShape c = ConvShape.input(2, 4, 6, 5).filters(3, 3, 3).build();
    all.put(
        "convolution by weights that are data",
        (b, x) -> {
          Value w = b.add("w", GraphOps.unary(UnaryOp.NEG), b.input("w", c.w()));
          return List.of(b.add("op", GraphOps.conv(c), x, w));
        });
  }

  private static void addAlongAxes(Map<String, Adding> all) {
    for (int axis = 0; axis < 4; axis++) {
      one(all, GraphOps.softmax(axis));
      one(all, GraphOps.logSoftmax(axis - 4));
      one(all, GraphOps.cumulativeSum(axis, true, false));
      one(all, GraphOps.topK(axis, 2, true));
      one(all, GraphOps.argMax(axis % 2 == 0, false, axis));
      one(all, GraphOps.argMin(axis % 2 == 1, true, axis));
      one(all, GraphOps.lengthNorm(axis, 1e-9));
      one(all, GraphOps.reduce(ReduceOp.SUM, true, axis));
      one(all, GraphOps.reduce(ReduceOp.LOG_SUM_EXP, false, axis));
      one(all, GraphOps.reduce(ReduceOp.MAX, false, axis, (axis + 1) % 4));
      one(all, GraphOps.layerNorm(axis, 1e-5));
      one(all, GraphOps.rmsNorm(axis, 1e-5));
      one(all, GraphOps.flip(axis));
      one(all, GraphOps.split(axis, 1, X.dim(axis) - 1));
      GraphOp concat = GraphOps.concat(axis);
      all.put(concat + "", (b, x) -> b.addAll("op", concat, x, constant(b, X.toArray()), x));
      GraphOp gather = GraphOps.gather(axis);
      all.put(gather + "", (b, x) -> b.addAll("op", gather, x, indices(b, Shape.of(3), 1, -1, 0)));
      all.put(
          gather + " of a matrix",
          (b, x) -> b.addAll("op", gather, x, indices(b, Shape.of(1, 2), 1, 0)));
      GraphOp elements = GraphOps.gatherElements(axis);
      all.put(
          elements + "",
          (b, x) -> b.addAll("op", elements, x, indices(b, Shape.of(1, 1, 2, 2), 1, 0, 1, 1)));
    }
    one(all, GraphOps.reduce(ReduceOp.MEAN, false, 2, 3));
    one(all, GraphOps.reduce(ReduceOp.MEAN, false, -1, -2, 1));
    one(all, GraphOps.reduce(ReduceOp.L2, false));
  }

  private static void addMovements(Map<String, Adding> all) {
    for (int order = 0; order < 256; order++) {
      int[] axes = {order & 3, order >> 2 & 3, order >> 4 & 3, order >> 6};
      if ((1 << axes[0] | 1 << axes[1] | 1 << axes[2] | 1 << axes[3]) == 15) {
        all.put(
            "transposed " + List.of(axes[0], axes[1], axes[2], axes[3]),
            (b, x) ->
                List.of(b.add("f", GraphOps.relu(), b.add("op", GraphOps.transpose(axes), x))));
      }
    }
    int[] few = {1, 0, 1, 2};
    int[] less = {0, -1, 2, 0};
    one(all, GraphOps.pad(few, less, 3));
    for (PadMode mode : PadMode.values()) {
      one(all, GraphOps.pad(few, few, mode));
    }
    one(
        all,
        GraphOps.slice(new int[] {1, 3}, new int[] {3, 0}, new int[] {-9, 9}, new int[] {-2, 2}));
    one(all, GraphOps.tile(1, 2, 1, 3));
    one(all, GraphOps.expand(Shape.of(3, 2, 4, 6, 5)));
    one(all, GraphOps.trilu(true, 1));
    one(all, GraphOps.reshape(Shape.of(2, 4, 30)));
    one(all, GraphOps.reshape(Shape.of(2, 8, 15)));
    one(all, GraphOps.reshape(Shape.of(8, 30)));
    one(all, GraphOps.im2col(UnfoldShape.of(X, 2)));
    all.put(
        "scatter",
        (b, x) ->
            b.addAll(
                "op",
                GraphOps.scatterElements(2, ScatterMode.ADD),
                x,
                indices(b, Shape.of(1, 1, 2, 1), 4, 4),
                constant(b, 1, 1, 2, 1)));
    all.put(
        "gather by tuples",
        (b, x) -> b.addAll("op", GraphOps.gatherNd(1), x, indices(b, Shape.of(2, 2), 1, 2, 3, 0)));
  }

  private static void addOthers(Map<String, Adding> all) {
    for (BinaryOp op : List.of(BinaryOp.SUB, BinaryOp.MAX)) {
      two(all, GraphOps.binary(op));
      two(all, GraphOps.binary(op), 5);
      two(all, GraphOps.binary(op), 6, 1);
      two(all, GraphOps.binary(op), 4, 6, 5);
      two(all, GraphOps.binary(op), 4, 1, 1);
      two(all, GraphOps.binary(op), 2, 4, 6, 5);
      two(all, GraphOps.binary(op), 2, 1, 6, 5);
      two(all, GraphOps.binary(op), 3, 2, 4, 6, 5);
    }
    two(all, GraphOps.matMul(), 5, 3);
    two(all, GraphOps.matMul(), 4, 5, 3);
    all.put(
        "where of floats",
        (b, x) -> b.addAll("op", GraphOps.where(), x, constant(b, 4, 1, 1), constant(b, 6, 5)));
    all.put(
        "where of a mask",
        (b, x) -> {
          Value mask =
              b.add("mask", GraphOps.cast(ElementType.BOOL), b.add("f", GraphOps.relu(), x));
          return b.addAll("op", GraphOps.where(), mask, x, constant(b, 5));
        });
    all.put(
        "cast there and back",
        (b, x) -> {
          Value i = b.add("int", GraphOps.cast(ElementType.INT32), x);
          return List.of(b.add("op", GraphOps.cast(ElementType.FLOAT), i));
        });
    GridSampleShape grid =
        new GridSampleShape(
            X, Shape.of(2, 3, 3, 2), Interpolation.LINEAR, GridPadding.BORDER, true);
    two(all, GraphOps.gridSample(grid), 2, 3, 3, 2);
    all.put(
        "ROI align",
        (b, x) ->
            b.addAll(
                "op",
                GraphOps.roiAlign(new RoiAlignShape(new RoiShape(X, 1, 2, 2, 1), 2, false, true)),
                x,
                b.constant("r", Tensor.of(Shape.of(1, 4), 0, 1, 3, 4)),
                indices(b, Shape.of(1), 1)));
    all.put(
        "host",
        (b, x) -> b.addAll("op", GraphOps.host("copy", List.of(ValueType.floats(X)), in -> in), x));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void anOperationBehindAConvolutionIsRight(String name, Adding adding) {
    Graph.Builder b = Graph.builder();
    Value x = b.input("x", X);
    ConvShape c = ConvShape.input(2, 4, 6, 5).filters(4, 1, 1).build();
    Value image = b.add("conv", GraphOps.conv(c), x, b.constant("w", random(c.w(), 2)));
    List<Value> outputs = adding.apply(b, image);
    for (int i = 0; i < outputs.size(); i++) {
      b.output("y" + i, outputs.get(i));
    }
    Graph graph = b.build();
    List<TypedTensor> expected = run(graph, CompileOptions.of(Backend.best()).plain());
    List<TypedTensor> got = run(graph, CompileOptions.of(Backend.best()));
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).shape(), got.get(i).shape());
      double[] e = doubles(expected.get(i));
      assertArrayEquals(e, doubles(got.get(i)), 1e-5, name);
    }
  }

  private static double[] doubles(TypedTensor t) {
    double[] all = new double[t.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = t.doubleAt(i);
    }
    return all;
  }

  private static List<TypedTensor> run(Graph graph, CompileOptions options) {
    GraphRun run = graph.compile(options).newRun();
    graph.inputs().forEach((name, v) -> run.bind(name, random(v.shape(), 1)));
    run.run(Parallel.SEQUENTIAL);
    List<TypedTensor> outputs = new ArrayList<>();
    graph.outputs().keySet().forEach(name -> outputs.add(run.typedOutput(name)));
    return outputs;
  }
}
