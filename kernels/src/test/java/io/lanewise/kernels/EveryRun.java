package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.Activations;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.CumulativeSum;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.TopK;
import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.arithmetic.Where;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.DepthwiseBlock;
import io.lanewise.kernels.conv.DepthwiseBlockShape;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.dropout.Dropout;
import io.lanewise.kernels.dropout.Dropouts;
import io.lanewise.kernels.dropout.RandomFill;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.loss.LossCase;
import io.lanewise.kernels.loss.Reduction;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AdaptiveAvgPool;
import io.lanewise.kernels.pool.AdaptiveMaxPool;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.LpPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.pool.MaxUnpool;
import io.lanewise.kernels.pool.Pooling;
import io.lanewise.kernels.quantised.QuantisedRuns;
import io.lanewise.kernels.resample.AffineGrid;
import io.lanewise.kernels.resample.GridSample;
import io.lanewise.kernels.resample.Resampling;
import io.lanewise.kernels.resample.Resize;
import io.lanewise.kernels.resample.RoiAlign;
import io.lanewise.kernels.resample.RoiPool;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.GridPadding;
import io.lanewise.kernels.shape.GridSampleShape;
import io.lanewise.kernels.shape.Interpolation;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.RoiAlignShape;
import io.lanewise.kernels.shape.RoiShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every run, forward and backward of every plan of a backend, ready to go: shapes with borders and
 * several tasks, arguments made beforehand, so that whatever a run allocates is the plan's doing.
 */
final class EveryRun {
  private static final ConvShape CONV = ConvShape.parse("n2 ic6 ih9 iw37 oc10 kh3 s2 p1 g2");
  private static final TransposedConvShape TRANSPOSED =
      TransposedConvShape.parse("n2 ic10 ih5 iw19 oc6 kh3 s2 p1 g2");
  private static final PoolShape POOL = PoolShape.parse("n2 c3 ih9 iw41 kh3 s2 p1");
  private static final PoolShape POOL_LAST = PoolShape.parse("n2 c37 ih9 iw11 kh3 s2 p1");
  private static final LinearShape LINEAR = LinearShape.parse("n5 in41 out19");

  /** One run under its name. */
  record Run(String name, Object plan, Runnable once) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final Backend backend;
  private final Parallel par;
  private final List<Run> runs = new ArrayList<>();

  private EveryRun(Backend backend, Parallel par) {
    this.backend = backend;
    this.par = par;
  }

  static List<Run> of(Backend backend, Parallel par) {
    EveryRun all = new EveryRun(backend, par);
    all.gemm("m13 n37 k21");
    all.gemm("m13 n37 k21 ta tb acc");
    all.gemm("m13 n37 k21 batch2 alpha=2.0 beta=0.5");
    all.gemm("m1 n37 k21 alpha=2.0");
    all.gemm("m13 n1 k21 acc");
    all.gemm("m1 n37 k45 tb");
    all.conv();
    all.depthwiseBlock();
    all.transposedConv(ConvOptions.DEFAULT);
    all.transposedConv(ConvOptions.DEFAULT.channelsLast());
    all.linear();
    all.maxPool();
    all.avgPool(true);
    all.avgPool(false);
    MovementRuns.add(backend, par, all::add);
    all.pooling();
    Activations.all().forEach(all::activation);
    all.dropouts();
    all.resampling();
    NormRuns.add(backend, par, all::add);
    all.binary(BinaryOp.ADD, Shape.of(2, 6, 9, 17), Shape.of(2, 6, 9, 17), Activation.relu());
    all.binary(BinaryOp.MUL, Shape.of(2, 6, 9, 17), Shape.of(6, 1, 1), Activation.silu());
    all.binary(BinaryOp.POW, Shape.of(700, 3), Shape.of(3), Activation.identity());
    all.binary(BinaryOp.MOD, Shape.of(70, 1), Shape.of(1, 30), Activation.identity());
    all.unary(UnaryOp.SIN);
    all.unary(UnaryOp.ROUND);
    for (ReduceOp op : ReduceOp.values()) {
      all.reduce(op, 1, 2);
      all.reduce(op, 0, 1);
    }
    all.selections();
    all.matMul(Shape.of(3, 5, 7), Shape.of(7, 20));
    all.matMul(Shape.of(2, 1, 5, 7), Shape.of(3, 7, 20));
    for (int classes :
        new int[] {5, 19, 32}) { // part of a vector, a whole one and more, whole ones
      all.softmax(Shape.of(37, classes));
      all.crossEntropy(Shape.of(37, classes));
    }
    LossCase.small().forEach(all::loss);
    for (Layout layout : Layout.values()) {
      all.prelu(layout);
    }
    QuantisedRuns.add(backend, par, all::add);
    return all.runs;
  }

  private void add(String name, Object plan, Runnable once) {
    runs.add(new Run(name, plan, once));
  }

  private Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, par.workers());
  }

  private static Tensor tensor(Shape shape) {
    return TestData.uniform(shape, 1);
  }

  private void gemm(String text) {
    Gemm plan = backend.gemm(GemmShape.parse(text));
    Tensor a = tensor(plan.shape().a());
    Tensor b = tensor(plan.shape().b());
    Tensor c = tensor(plan.shape().c());
    Workspace ws = workspace(plan.workspace());
    PackedWeights packedA = plan.packA(a);
    PackedWeights packedB = plan.packB(b);
    add("gemm " + text, plan, () -> plan.run(a, b, c, ws, par));
    add("gemm, packed, " + text, plan, () -> plan.run(packedA, packedB, c, ws, par));
  }

  /** Planned for a cache so small that it pays. */
  private void depthwiseBlock() {
    if (!(backend instanceof CpuBackend cpu)) {
      return;
    }
    ConvShape before = ConvShape.parse("n2 ic6 ih9 iw5 oc10 kh1");
    ConvShape each = ConvShape.parse("n2 ic10 ih9 iw5 oc10 kh3 p1 g10");
    ConvShape after = ConvShape.parse("n2 ic10 ih9 iw5 oc6 kh1");
    DepthwiseBlockShape shape = new DepthwiseBlockShape(before, each, after);
    DepthwiseBlock plan =
        cpu.withCache(0, false).depthwiseBlock(shape, ConvOptions.DEFAULT).orElseThrow();
    List<PackedWeights> packed =
        plan.convolutions().stream().map(c -> c.pack(tensor(c.shape().w()))).toList();
    Tensor x = tensor(before.x()).copy(Layout.CHANNELS_LAST);
    Tensor y = tensor(after.y()).copy(Layout.CHANNELS_LAST);
    Epilogue relu6 = Epilogue.none().relu6();
    List<Epilogue> endings =
        List.of(Epilogue.bias(tensor(before.bias())).silu(), relu6, Epilogue.none().add(x));
    Workspace ws = workspace(plan.workspace());
    add("depthwise block", plan, () -> plan.run(x, packed, endings, y, ws, par));
  }

  private void conv() {
    Tensor x = tensor(CONV.x());
    Tensor w = tensor(CONV.w());
    Tensor y = tensor(CONV.y());
    Tensor b = tensor(CONV.bias());
    Epilogue relu = Epilogue.bias(b).relu();
    Epilogue residual = Epilogue.bias(b).add(y).silu();
    for (ConvForward plan : backend.convForwardPlans(CONV)) {
      PackedWeights packed = plan.pack(w);
      Workspace ws = workspace(plan.workspace());
      String name = "convolution forward, " + plan.algorithm();
      add(name, plan, () -> plan.run(x, packed, relu, y, ws, par));
      add(name + " onto y", plan, () -> plan.run(x, packed, residual, y, ws, par));
    }
    for (ConvBackwardData plan : backend.convBackwardDataPlans(CONV)) {
      PackedWeights packed = plan.pack(w);
      Workspace ws = workspace(plan.workspace());
      add(
          "convolution's input gradient, " + plan.algorithm(),
          plan,
          () -> plan.run(y, packed, x, ws, par));
    }
    for (ConvBackwardWeights plan : backend.convBackwardWeightsPlans(CONV)) {
      Workspace ws = workspace(plan.workspace());
      add(
          "convolution's weight gradient, " + plan.algorithm(),
          plan,
          () -> plan.run(x, y, w, b, ws, par));
    }
  }

  private void transposedConv(ConvOptions options) {
    Tensor x = tensor(TRANSPOSED.x()).copy(options.layout());
    Tensor w = tensor(TRANSPOSED.w());
    Tensor y = tensor(TRANSPOSED.y()).copy(options.layout());
    Tensor b = tensor(TRANSPOSED.bias());
    Epilogue epilogue = Epilogue.bias(b).relu();
    TransposedConvForward forward = backend.transposedConvForward(TRANSPOSED, options);
    TransposedConvBackwardData data = backend.transposedConvBackwardData(TRANSPOSED, options);
    TransposedConvBackwardWeights weights =
        backend.transposedConvBackwardWeights(TRANSPOSED, options);
    PackedWeights packed = forward.pack(w);
    PackedWeights dataPacked = data.pack(w);
    Workspace ws = workspace(forward.workspace().max(data.workspace()).max(weights.workspace()));
    String name = "transposed convolution, " + options + ", ";
    add(name + "forward", forward, () -> forward.run(x, packed, epilogue, y, ws, par));
    add(name + "input gradient", data, () -> data.run(y, dataPacked, x, ws, par));
    add(name + "weight gradient", weights, () -> weights.run(x, y, w, b, ws, par));
  }

  private void linear() {
    Tensor x = tensor(LINEAR.x());
    Tensor w = tensor(LINEAR.w());
    Tensor y = tensor(LINEAR.y());
    Tensor b = tensor(LINEAR.bias());
    LinearForward forward = backend.linearForward(LINEAR);
    LinearBackwardData data = backend.linearBackwardData(LINEAR);
    LinearBackwardWeights weights = backend.linearBackwardWeights(LINEAR);
    PackedWeights packed = forward.newWeights();
    forward.pack(w, packed);
    Workspace ws = workspace(forward.workspace().max(data.workspace()).max(weights.workspace()));
    add("linear forward", forward, () -> forward.run(x, packed, b, y, ws, par));
    add("linear input gradient", data, () -> data.run(y, w, x, ws, par));
    add("linear weight gradient", weights, () -> weights.run(x, y, w, b, ws, par));
  }

  private void maxPool() {
    MaxPool plan = backend.maxPool(POOL);
    Tensor x = tensor(POOL.x());
    Tensor y = tensor(POOL.y());
    int[] indices = new int[y.size()];
    Workspace ws = workspace(plan.workspace());
    add("max pooling forward", plan, () -> plan.forward(x, y, indices, ws, par));
    add("max pooling backward", plan, () -> plan.backward(y, indices, x, par));
  }

  private void avgPool(boolean countsPadding) {
    AvgPool plan = backend.avgPool(POOL, countsPadding);
    Tensor x = tensor(POOL.x());
    Tensor y = tensor(POOL.y());
    Workspace ws = workspace(plan.workspace());
    String name = "average pooling" + (countsPadding ? "" : " without padding");
    add(name + " forward", plan, () -> plan.forward(x, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(y, x, ws, par));
  }

  /** Channels last, where rows are tasks, and what has no window of its own. */
  private void pooling() {
    Pooling pooling = backend.pooling();
    Layout last = Layout.CHANNELS_LAST;
    Tensor x = tensor(POOL_LAST.x()).copy(last);
    Tensor y = tensor(POOL_LAST.y()).copy(last);
    Tensor dx = tensor(POOL_LAST.x()).copy(last);
    int[] indices = new int[y.size()];
    MaxPool max = pooling.max(POOL_LAST, last);
    AvgPool mean = pooling.average(POOL_LAST, false, last);
    AdaptivePoolShape four = AdaptivePoolShape.of(x.shape(), 4);
    AdaptiveMaxPool adaptiveMax = pooling.adaptiveMax(four, last);
    AdaptiveAvgPool adaptiveMean = pooling.adaptiveAverage(four, last);
    Tensor small = tensor(four.y()).copy(last);
    int[] smallIndices = new int[small.size()];
    Workspace ws = workspace(max.workspace().max(adaptiveMax.workspace()).max(mean.workspace()));
    add("max channels last forward", max, () -> max.forward(x, y, indices, ws, par));
    add("max without indices", max, () -> max.forward(x, y, null, ws, par));
    add("max channels last backward", max, () -> max.backward(y, indices, dx, par));
    add("average channels last forward", mean, () -> mean.forward(x, y, ws, par));
    add("average channels last backward", mean, () -> mean.backward(y, dx, ws, par));
    add(
        "adaptive max forward",
        adaptiveMax,
        () -> adaptiveMax.forward(x, small, smallIndices, ws, par));
    Workspace scratch = workspace(adaptiveMean.workspace());
    add(
        "adaptive average forward",
        adaptiveMean,
        () -> adaptiveMean.forward(x, small, scratch, par));
    add(
        "adaptive average backward",
        adaptiveMean,
        () -> adaptiveMean.backward(small, dx, scratch, par));
    for (double p : new double[] {1, 2, 3}) {
      LpPool norm = pooling.lp(POOL_LAST, p, last);
      add("norm forward, p " + p, norm, () -> norm.forward(x, y, ws, par));
      add("norm backward, p " + p, norm, () -> norm.backward(x, y, y, dx, par));
    }
    MaxUnpool unpool = pooling.maxUnpool(y.shape(), x.shape(), last);
    int[] places = new int[y.size()];
    add("unpooling forward", unpool, () -> unpool.forward(y, places, dx, par));
    add("unpooling backward", unpool, () -> unpool.backward(x, places, y, par));
  }

  private void activation(Activation kind) {
    ActivationOp plan = backend.activation(kind);
    Tensor x = tensor(Shape.of(40_001)); // three tasks
    Tensor y = tensor(x.shape());
    add(kind + " forward", plan, () -> plan.forward(x, y, par));
    add(kind + " backward", plan, () -> plan.backward(y, x, x, par));
  }

  private void dropouts() {
    Shape shape = Shape.of(2, 70, 9, 13);
    Tensor x = tensor(shape);
    Tensor y = tensor(shape);
    for (Layout layout : Layout.values()) {
      Tensor from = x.copy(layout);
      Tensor to = y.copy(layout);
      Dropouts all = backend.dropouts();
      List<Dropout> plans =
          List.of(
              all.dropout(shape, layout, 0.3),
              all.spatialDropout(shape, layout, 0.3),
              all.alphaDropout(shape, layout, 0.3));
      for (Dropout plan : plans) {
        String name = "dropout " + plans.indexOf(plan) + " " + layout;
        add(name + " forward", plan, () -> plan.forward(from, 1, 2, to, par));
        add(name + " backward", plan, () -> plan.backward(from, 1, 2, to, par));
      }
    }
    RandomFill fill = backend.dropouts().randomFill();
    add("uniform numbers", fill, () -> fill.uniform(-1, 1, 1, 2, x, par));
    add("normal numbers", fill, () -> fill.normal(0, 1, 1, 2, x, par));
  }

  private void resampling() {
    Resampling all = backend.resampling();
    for (Interpolation kind : Interpolation.values()) {
      for (Layout layout : Layout.values()) {
        resize(ResizeShape.of(2, 3, 9, 13).to(20, 21).by(kind).build(), layout);
        resize(ResizeShape.of(1, 20, 19, 13).to(9, 7).by(kind).build(), layout);
      }
      Shape x = Shape.of(2, 3, 9, 13);
      Shape grid = Shape.of(2, 20, 17, 2);
      gridSample(new GridSampleShape(x, grid, kind, GridPadding.REFLECTION, false));
    }
    AffineGrid affine = all.affineGrid(Shape.of(2, 9, 13, 2), true);
    Tensor theta = tensor(affine.theta());
    Tensor grid = tensor(affine.grid());
    add("affine grid forward", affine, () -> affine.forward(theta, grid, par));
    add("affine grid backward", affine, () -> affine.backward(grid, theta, par));
    regions(all, new RoiShape(Shape.of(2, 20, 9, 13), 5, 3, 4, 1));
  }

  private void resize(ResizeShape shape, Layout layout) {
    Resize plan = backend.resampling().resize(shape, layout);
    Tensor x = tensor(shape.x()).copy(layout);
    Tensor y = tensor(shape.y()).copy(layout);
    Workspace ws = workspace(plan.workspace());
    String name = "resize " + shape.interpolation() + " " + shape.x() + " " + layout;
    add(name + " forward", plan, () -> plan.forward(x, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(y, x, ws, par));
  }

  private void gridSample(GridSampleShape shape) {
    GridSample plan = backend.resampling().gridSample(shape);
    Tensor x = tensor(shape.x());
    Tensor y = tensor(shape.y());
    Tensor dx = tensor(shape.x());
    Tensor grid = tensor(shape.grid());
    Tensor dgrid = tensor(shape.grid());
    Workspace ws = workspace(plan.workspace());
    String name = "grid sample " + shape.interpolation();
    add(name + " forward", plan, () -> plan.forward(x, grid, y, ws, par));
    add(name + " image gradient", plan, () -> plan.backwardImage(y, grid, dx, ws, par));
    if (shape.interpolation() != Interpolation.NEAREST) { // whose gradient is 0
      add(name + " grid gradient", plan, () -> plan.backwardGrid(y, x, grid, dgrid, ws, par));
    }
  }

  private void regions(Resampling all, RoiShape shape) {
    Tensor x = tensor(shape.x());
    Tensor dx = tensor(shape.x());
    Tensor y = tensor(shape.y());
    Tensor boxes = Tensor.zeros(shape.regions());
    for (int i = 0; i < boxes.size(); i++) {
      int box = i / 4;
      boxes.array()[i] = i % 4 < 2 ? box : box + 3.5f;
    }
    int[] images = {0, 1, 1, 0, 1};
    int[] indices = new int[y.size()];
    for (boolean max : new boolean[] {false, true}) {
      RoiAlign plan = all.roiAlign(new RoiAlignShape(shape, 2, max, true));
      Workspace ws = workspace(plan.workspace());
      String name = "ROI align" + (max ? ", greatest" : "");
      add(name + " forward", plan, () -> plan.forward(x, boxes, images, y, ws, par));
      add(name + " backward", plan, () -> plan.backward(y, x, boxes, images, dx, ws, par));
    }
    RoiPool pool = all.roiPool(shape);
    add("ROI pool forward", pool, () -> pool.forward(x, boxes, images, y, indices, par));
    add("ROI pool backward", pool, () -> pool.backward(y, images, indices, x, par));
  }

  private void binary(BinaryOp op, Shape left, Shape right, Activation after) {
    Binary plan = backend.arithmetic().binary(op, left, right, after, Layout.CHANNELS_FIRST);
    Tensor a = tensor(left);
    Tensor b = tensor(right);
    Tensor y = tensor(plan.y());
    Tensor da = tensor(left);
    Tensor db = tensor(right);
    Tensor dy = tensor(plan.y());
    Workspace ws = workspace(plan.workspace());
    String name = op + " " + left + " " + right + " " + after;
    add(name + " forward", plan, () -> plan.forward(a, b, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(a, b, y, dy, da, db, ws, par));
  }

  private void unary(UnaryOp op) {
    Unary plan = backend.arithmetic().unary(op);
    Tensor x = tensor(Shape.of(40_001));
    Tensor y = tensor(x.shape());
    add(op + " forward", plan, () -> plan.forward(x, y, par));
    add(op + " backward", plan, () -> plan.backward(x, y, y, par));
  }

  private void reduce(ReduceOp op, int... axes) {
    AxisReduction plan = backend.arithmetic().reduce(op, Shape.of(9, 7, 33), true, axes);
    Tensor x = tensor(plan.x());
    Tensor y = tensor(plan.y());
    Tensor dx = tensor(plan.x());
    Workspace ws = workspace(plan.workspace());
    String name = op + " over " + Arrays.toString(axes);
    add(name + " forward", plan, () -> plan.forward(x, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(x, y, y, dx, ws, par));
  }

  private void selections() {
    Shape s = Shape.of(9, 7, 33);
    Tensor x = tensor(s);
    Tensor y = tensor(s);
    Where where = backend.arithmetic().where(s, s, Shape.of(33));
    Tensor row = tensor(Shape.of(33));
    Tensor dx = tensor(s);
    Tensor drow = tensor(Shape.of(33));
    Workspace whereWs = workspace(where.workspace());
    add("where forward", where, () -> where.forward(x, x, row, y, whereWs, par));
    add("where backward", where, () -> where.backward(x, y, dx, drow, whereWs, par));
    ArgReduction arg = backend.arithmetic().argMax(s, false, false, 1);
    int[] indices = new int[arg.y().size()];
    Workspace argWs = workspace(arg.workspace());
    add("argmax", arg, () -> arg.run(x, indices, argWs, par));
    TopK top = backend.arithmetic().topK(s, 1, 3, true);
    Tensor values = tensor(top.y());
    int[] best = new int[values.size()];
    Workspace topWs = workspace(top.workspace());
    add("top-k forward", top, () -> top.forward(x, values, best, topWs, par));
    add("top-k backward", top, () -> top.backward(best, values, y, par));
    CumulativeSum sums = backend.arithmetic().cumulativeSum(s, 1, false, false);
    add("cumulative sum", sums, () -> sums.forward(x, y, par));
  }

  private void matMul(Shape left, Shape right) {
    MatMul plan = backend.arithmetic().matMul(left, right);
    Tensor a = tensor(left);
    Tensor b = tensor(right);
    Tensor y = tensor(plan.y());
    Tensor da = tensor(left);
    Tensor db = tensor(right);
    Workspace ws = workspace(plan.workspace());
    String name = "matmul " + left + " " + right;
    add(name + " forward", plan, () -> plan.forward(a, b, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(a, b, y, da, db, ws, par));
  }

  private void softmax(Shape rows) {
    Softmax plan = backend.softmax();
    Tensor x = tensor(rows);
    Tensor y = tensor(rows);
    add("softmax forward " + rows, plan, () -> plan.forward(x, y, par));
    add("softmax backward " + rows, plan, () -> plan.backward(y, x, x, par));
  }

  private void crossEntropy(Shape rows) {
    SoftmaxCrossEntropy plan = backend.softmaxCrossEntropy();
    Tensor x = tensor(rows);
    Tensor y = tensor(rows);
    Tensor losses = Tensor.zeros(rows.dim(0));
    int[] labels = TestData.labels(rows.dim(0), rows.dim(1), 1);
    add("cross-entropy forward " + rows, plan, () -> plan.forward(x, labels, losses, y, par));
    add("cross-entropy backward " + rows, plan, () -> plan.backward(y, labels, x, par));
  }

  private void prelu(Layout layout) {
    Shape shape = Shape.of(2, 3, 900);
    PRelu plan = backend.prelu(shape, layout, 3);
    Tensor x = tensor(shape).copy(layout);
    Tensor y = tensor(shape).copy(layout);
    Tensor slope = tensor(Shape.of(3));
    Tensor dslope = tensor(Shape.of(3));
    Workspace ws = workspace(plan.workspace());
    String name = "prelu " + layout;
    add(name + " forward", plan, () -> plan.forward(x, slope, y, ws, par));
    add(name + " backward", plan, () -> plan.backward(x, slope, y, y, dslope, ws, par));
  }

  private void loss(LossCase each) {
    for (Reduction reduction : List.of(Reduction.NONE, Reduction.MEAN)) {
      LossCase.Run plan = each.planned().plan(backend.losses(), reduction);
      Tensor loss = Tensor.zeros(plan.lossShape());
      List<Tensor> gradients = each.inputs().stream().map(Tensor::copy).toList();
      Workspace ws = workspace(plan.workspace());
      String name = "loss " + each + " " + reduction;
      add(name + " forward", plan, () -> plan.forward(each.inputs(), loss, ws, par));
      add(name + " backward", plan, () -> plan.backward(each.inputs(), loss, gradients, ws, par));
    }
  }
}
