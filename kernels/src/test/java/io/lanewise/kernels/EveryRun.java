package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.activation.Activations;
import io.lanewise.kernels.activation.PRelu;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardData;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
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
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.quantised.QuantisedRuns;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
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
    all.conv();
    all.transposedConv(ConvOptions.DEFAULT);
    all.transposedConv(ConvOptions.DEFAULT.channelsLast());
    all.linear();
    all.maxPool();
    all.avgPool(true);
    all.avgPool(false);
    Activations.all().forEach(all::activation);
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
    add(name + " backward", plan, () -> plan.backward(y, x, par));
  }

  private void activation(Activation kind) {
    ActivationOp plan = backend.activation(kind);
    Tensor x = tensor(Shape.of(40_001)); // three tasks
    Tensor y = tensor(x.shape());
    add(kind + " forward", plan, () -> plan.forward(x, y, par));
    add(kind + " backward", plan, () -> plan.backward(y, x, x, par));
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
