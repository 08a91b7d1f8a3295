package io.lanewise.kernels.arithmetic;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What arithmetic's tests share: who computes, on what, and how each run is watched. */
final class ArithmeticCases {
  static final Arithmetic REFERENCE = new ReferenceBackend().arithmetic();

  private ArithmeticCases() {}

  /** A way to compute. */
  record Way(Arithmetic arithmetic, Parallel par, String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every set of kernels, those that ship on one thread and on three. */
  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (Target t : Targets.all()) {
      boolean ships = !t.kernels().name().contains("without");
      for (Parallel par : ships ? Teams.ONE_AND_THREE : List.of(Parallel.SEQUENTIAL)) {
        String name = t.kernels().name() + ", " + par.workers() + " workers";
        ways.add(new Way(new KernelArithmetic(t), par, name));
      }
    }
    return ways;
  }

  /** The fastest and the scalar backend, which must agree to the bit. */
  static List<Arithmetic> fused() {
    return List.of(Backend.best().arithmetic(), CpuBackend.scalar().arithmetic());
  }

  /** In [low, high). */
  static Tensor between(double low, double high, Shape shape, long seed) {
    Random random = new Random(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return t;
  }

  static Workspace workspace(WorkspaceSpec spec, Parallel par) {
    return TestData.workspace(spec, par);
  }

  /** What {@link Binary} wrote: y, or da and db; nothing else was written. */
  static Tensor forward(Binary op, Tensor a, Tensor b, Parallel par, String context) {
    Guarded left = Guarded.of(a);
    Guarded right = Guarded.of(b);
    Guarded y = Guarded.unwritten(op.y(), a.layout());
    Workspace ws = workspace(op.workspace(), par);
    op.forward(left.tensor(), right.tensor(), y.tensor(), ws, par);
    left.assertUnchanged(context);
    right.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy();
  }

  static List<Tensor> backward(
      Binary op, Tensor a, Tensor b, Tensor y, Tensor dy, Parallel par, String context) {
    Guarded slopes = Guarded.of(dy);
    Guarded da = Guarded.unwritten(op.a(), a.layout());
    Guarded db = Guarded.unwritten(op.b(), a.layout());
    Workspace ws = workspace(op.workspace(), par);
    op.backward(a, b, y, slopes.tensor(), da.tensor(), db.tensor(), ws, par);
    slopes.assertUnchanged(context);
    da.assertGuardsIntact(context);
    db.assertGuardsIntact(context);
    return List.of(da.tensor().copy(), db.tensor().copy());
  }

  static Tensor forward(AxisReduction op, Tensor x, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded y = Guarded.unwritten(op.y(), x.layout());
    op.forward(in.tensor(), y.tensor(), workspace(op.workspace(), par), par);
    in.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor().copy();
  }

  static Tensor backward(
      AxisReduction op, Tensor x, Tensor y, Tensor dy, Parallel par, String context) {
    Guarded in = Guarded.of(x);
    Guarded dx = Guarded.unwritten(op.x(), x.layout());
    op.backward(in.tensor(), y, dy, dx.tensor(), workspace(op.workspace(), par), par);
    in.assertUnchanged(context);
    dx.assertGuardsIntact(context);
    return dx.tensor().copy();
  }

  /** Both layouts that a shape has. */
  static List<Layout> layouts(Shape shape) {
    return shape.rank() < 2
        ? List.of(Layout.CHANNELS_FIRST)
        : List.of(Layout.CHANNELS_FIRST, Layout.CHANNELS_LAST);
  }
}
