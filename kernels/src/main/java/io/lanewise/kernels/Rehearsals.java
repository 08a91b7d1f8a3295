package io.lanewise.kernels;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.activation.ActivationOp;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.softmax.Softmax;
import io.lanewise.kernels.softmax.SoftmaxCrossEntropy;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The small runs of plans: each the same operation by the same algorithm, without two alike. */
final class Rehearsals {
  private static final Parallel HERE = Parallel.SEQUENTIAL;
  private static final int ELEMENTS = 1_000; // neither whole vectors nor whole blocks of them
  private static final Shape ROWS = Shape.of(8, 100);

  // Nanoseconds for an element that compiled code, vectors or not, does not take: C1's vectors are
  // slower. Products: WarmUp says how far the two are apart.
  private static final long TAP_NANOS = 8;
  private static final long EXP_NANOS = 60;

  private final Backend backend;
  private final Map<String, Rehearsal> all = new LinkedHashMap<>();

  Rehearsals(Backend backend) {
    this.backend = backend;
  }

  Collection<Rehearsal> all() {
    return all.values();
  }

  private void add(String name, long work, Supplier<Runnable> run) {
    all.computeIfAbsent(name, n -> new Rehearsal(n, work, run.get()));
  }

  void add(ConvForward plan, Activation activation, boolean residual) {
    boolean ofWindows = plan.algorithm().startsWith("im2") || plan.algorithm().equals("direct");
    ConvShape s = ofWindows ? SmallShapes.window(plan.shape()) : SmallShapes.conv(plan.shape());
    addConv(
        "conv " + activation + (residual ? " residual" : ""),
        plan.algorithm(),
        plan.layout(),
        plan.shape(),
        s,
        (b, o) -> forward(b, s, o, activation, residual));
  }

  void add(ConvBackwardData plan) {
    ConvShape s = SmallShapes.conv(plan.shape());
    addConv("conv-data", plan.algorithm(), plan.layout(), plan.shape(), s, (b, o) -> data(b, s, o));
  }

  void add(ConvBackwardWeights plan) {
    ConvShape s = SmallShapes.conv(plan.shape());
    addConv(
        "conv-weights",
        plan.algorithm(),
        plan.layout(),
        plan.shape(),
        s,
        (b, o) -> weights(b, s, o));
  }

  private static boolean isLast(Layout order) {
    return order == Layout.CHANNELS_LAST;
  }

  private static String last(Layout order) {
    return isLast(order) ? " channels last" : "";
  }

  /** Makes a small run of a convolution. */
  private interface ConvRun {
    Runnable on(Backend backend, ConvOptions options);
  }

  /**
   * Plans choose blocks and kernels by how their weights compare with the second-level cache, so
   * the small one is planned for a cache that is smaller by as much as its weights are; and for a
   * small first-level cache, if the sums of the real one go piece by piece.
   */
  private void addConv(
      String op, String algorithm, Layout order, ConvShape real, ConvShape small, ConvRun run) {
    double share = (double) small.w().size() / real.w().size();
    Backend scaled = scaled(share, SmallShapes.sumsInPieces(real));
    ConvOptions options = ConvOptions.DEFAULT.layout(order).algorithm(algorithm);
    String name = op + " " + algorithm + last(order) + " " + small + cache(share);
    add(name, small.flops(), () -> run.on(scaled, options));
  }

  private Backend scaled(double share, boolean pieces) {
    return backend instanceof CpuBackend cpu ? cpu.withCache(share, pieces) : backend;
  }

  private static String cache(double share) {
    return String.format(Locale.ROOT, " 1/%.0f", Math.scalb(1.0, -Math.getExponent(share)));
  }

  private static Runnable forward(
      Backend b, ConvShape s, ConvOptions options, Activation activation, boolean residual) {
    ConvForward plan = b.convForward(s, options);
    Tensor x = values(s.x(), options.layout());
    PackedWeights w = plan.newWeights();
    Tensor y = Tensor.zeros(s.y(), options.layout());
    Tensor added = residual ? values(s.y(), options.layout()) : null;
    Epilogue epilogue = new Epilogue(Tensor.zeros(s.bias()), added, activation);
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(x, w, epilogue, y, ws, HERE);
  }

  private static Runnable data(Backend b, ConvShape s, ConvOptions options) {
    ConvBackwardData plan = b.convBackwardData(s, options);
    Tensor dy = values(s.y(), options.layout());
    PackedWeights w = plan.newWeights();
    Tensor dx = Tensor.zeros(s.x(), options.layout());
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(dy, w, dx, ws, HERE);
  }

  private static Runnable weights(Backend b, ConvShape s, ConvOptions options) {
    ConvBackwardWeights plan = b.convBackwardWeights(s, options);
    Tensor x = values(s.x(), options.layout());
    Tensor dy = Tensor.zeros(s.y(), options.layout()); // added up run by run
    Tensor dw = Tensor.zeros(s.w());
    Tensor db = Tensor.zeros(s.bias());
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(x, dy, dw, db, ws, HERE);
  }

  void add(Gemm plan, boolean packed) {
    GemmShape real = plan.shape();
    GemmShape s = SmallShapes.gemm(real);
    double share = (double) s.b().size() / Math.max(1, real.b().size());
    Backend scaled = scaled(share, SmallShapes.sumsInPieces(real));
    String name = "gemm " + s + (packed ? " packed" : "") + cache(share);
    add(name, s.flops(), () -> gemm(scaled, s, packed));
  }

  private static Runnable gemm(Backend backend, GemmShape s, boolean packed) {
    Gemm plan = backend.gemm(s);
    Tensor a = values(s.a());
    Tensor b = Tensor.zeros(s.b());
    Tensor c = Tensor.zeros(s.c());
    Workspace ws = scratch(plan.workspace());
    if (packed) {
      PackedWeights w = plan.packB(b);
      return () -> plan.run(a, w, c, ws, HERE);
    }
    return () -> plan.run(a, b, c, ws, HERE);
  }

  void add(LinearForward plan) {
    LinearShape s = SmallShapes.linear(plan.shape());
    add("linear " + s, s.flops(), () -> forward(s));
  }

  private Runnable forward(LinearShape s) {
    LinearForward plan = backend.linearForward(s);
    Tensor x = values(s.x());
    PackedWeights w = plan.newWeights();
    Tensor bias = Tensor.zeros(s.bias());
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(x, w, bias, y, ws, HERE);
  }

  void add(LinearBackwardData plan) {
    LinearShape s = SmallShapes.linear(plan.shape());
    add("linear-data " + s, s.flops(), () -> data(s));
  }

  private Runnable data(LinearShape s) {
    LinearBackwardData plan = backend.linearBackwardData(s);
    Tensor dy = values(s.y());
    Tensor w = Tensor.zeros(s.w());
    Tensor dx = Tensor.zeros(s.x());
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(dy, w, dx, ws, HERE);
  }

  void add(LinearBackwardWeights plan) {
    LinearShape s = SmallShapes.linear(plan.shape());
    add("linear-weights " + s, s.flops(), () -> weights(s));
  }

  private Runnable weights(LinearShape s) {
    LinearBackwardWeights plan = backend.linearBackwardWeights(s);
    Tensor x = values(s.x());
    Tensor dy = Tensor.zeros(s.y()); // added up run by run
    Tensor dw = Tensor.zeros(s.w());
    Tensor db = Tensor.zeros(s.bias());
    Workspace ws = scratch(plan.workspace());
    return () -> plan.run(x, dy, dw, db, ws, HERE);
  }

  void add(MaxPool plan, boolean places) {
    PoolShape s = SmallShapes.pool(plan.shape());
    Layout order = plan.layout();
    String name = "max-pool " + s + (places ? " places" : "") + last(order);
    add(name, taps(s) * TAP_NANOS, () -> max(s, order, places));
  }

  private Runnable max(PoolShape s, Layout order, boolean places) {
    MaxPool plan = isLast(order) ? backend.pooling().max(s, order) : backend.maxPool(s);
    Tensor x = values(s.x(), order);
    Tensor y = Tensor.zeros(s.y(), order);
    int[] indices = places ? new int[y.size()] : null;
    Workspace ws = scratch(plan.workspace());
    return () -> plan.forward(x, y, indices, ws, HERE);
  }

  void add(AvgPool plan) {
    PoolShape s = SmallShapes.pool(plan.shape());
    boolean counts = plan.countsPadding();
    Layout order = plan.layout();
    String name = "avg-pool " + s + (counts ? " counted" : "") + last(order);
    add(name, taps(s) * TAP_NANOS, () -> avg(s, counts, order));
  }

  private Runnable avg(PoolShape s, boolean countsPadding, Layout order) {
    AvgPool plan =
        isLast(order)
            ? backend.pooling().average(s, countsPadding, order)
            : backend.avgPool(s, countsPadding);
    Tensor x = values(s.x(), order);
    Tensor y = Tensor.zeros(s.y(), order);
    Workspace ws = scratch(plan.workspace());
    return () -> plan.forward(x, y, ws, HERE);
  }

  private static long taps(PoolShape s) {
    return s.y().size() * s.area();
  }

  void add(ActivationOp op) {
    Tensor x = values(Shape.of(ELEMENTS));
    Tensor y = Tensor.zeros(ELEMENTS);
    add("activation " + op.activation(), ELEMENTS * EXP_NANOS, () -> () -> op.forward(x, y, HERE));
  }

  void add(Softmax op) {
    Tensor x = values(ROWS);
    Tensor y = Tensor.zeros(ROWS);
    add("softmax", ROWS.size() * EXP_NANOS, () -> () -> op.forward(x, y, HERE));
  }

  void add(SoftmaxCrossEntropy op) {
    Tensor x = values(ROWS);
    int[] labels = new int[ROWS.dim(0)];
    Tensor losses = Tensor.zeros(ROWS.dim(0));
    Tensor y = Tensor.zeros(ROWS);
    add(
        "softmax-cross-entropy",
        ROWS.size() * EXP_NANOS,
        () -> () -> op.forward(x, labels, losses, y, HERE));
  }

  private static Workspace scratch(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  private static Tensor values(Shape shape) {
    return values(shape, Layout.CHANNELS_FIRST);
  }

  /** From -16 to 15.5: what branches on values should not see one side alone. */
  private static Tensor values(Shape shape, Layout order) {
    Tensor t = Tensor.zeros(shape, order);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (i * 37 % 64 - 32) * 0.5f;
    }
    return t;
  }
}
