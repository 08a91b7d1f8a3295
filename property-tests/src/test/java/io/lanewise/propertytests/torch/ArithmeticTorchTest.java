package io.lanewise.propertytests.torch;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.ArgReduction;
import io.lanewise.kernels.arithmetic.Arithmetic;
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
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

class ArithmeticTorchTest extends TorchAgreement {
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  ArithmeticTorchTest() {
    super(
        "arithmetic",
        Map.ofEntries(
            Map.entry("binary", run -> binary(run, Activation.identity())),
            Map.entry("exact", ArithmeticTorchTest::exact),
            Map.entry("add-relu", run -> binary(run, Activation.relu())),
            Map.entry(
                "unary", run -> unary(run, arithmetic(run).unary(UnaryOp.valueOf(run.text("f"))))),
            Map.entry("clip", ArithmeticTorchTest::clip),
            Map.entry("where", ArithmeticTorchTest::where),
            Map.entry("reduce", ArithmeticTorchTest::reduce),
            Map.entry("argmax", run -> index(run, true)),
            Map.entry("argmin", run -> index(run, false)),
            Map.entry("top-k", ArithmeticTorchTest::topK),
            Map.entry("cumulative-sum", ArithmeticTorchTest::cumulativeSum),
            Map.entry("matmul", ArithmeticTorchTest::matMul)));
  }

  private static Arithmetic arithmetic(TorchRun run) {
    return run.backend().arithmetic();
  }

  private static Binary plan(TorchRun run, Activation after) {
    BinaryOp op = run.has("f") ? BinaryOp.valueOf(run.text("f")) : BinaryOp.ADD;
    Shape a = run.input("a").shape();
    return arithmetic(run).binary(op, a, run.input("b").shape(), after, Layout.CHANNELS_FIRST);
  }

  private static Tensor forward(TorchRun run, Binary op) {
    Tensor y = run.blank(op.y());
    op.forward(run.input("a"), run.input("b"), y, run.workspace(op.workspace()), ONE);
    run.agrees("y", y);
    return y;
  }

  private static void exact(TorchRun run) {
    forward(run, plan(run, Activation.identity()));
  }

  private static void binary(TorchRun run, Activation after) {
    Binary op = plan(run, after);
    Tensor y = forward(run, op);
    Tensor da = run.blank(op.a());
    Tensor db = run.blank(op.b());
    Workspace ws = run.workspace(op.workspace());
    op.backward(run.input("a"), run.input("b"), y, run.input("dy"), da, db, ws, ONE);
    run.agrees("da", da);
    run.agrees("db", db);
  }

  private static void clip(TorchRun run) {
    unary(run, arithmetic(run).clip((float) run.number("min"), (float) run.number("max")));
  }

  private static void unary(TorchRun run, Unary op) {
    Tensor x = run.input("x");
    Tensor y = run.blank(x.shape());
    op.forward(x, y, ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(x.shape());
    op.backward(x, run.input("dy"), dx, ONE);
    run.agrees("dx", dx);
  }

  private static void where(TorchRun run) {
    Tensor condition = run.input("condition");
    Tensor a = run.input("a");
    Tensor b = run.input("b");
    Where op = arithmetic(run).where(condition.shape(), a.shape(), b.shape());
    Workspace ws = run.workspace(op.workspace());
    Tensor y = run.blank(op.y());
    op.forward(condition, a, b, y, ws, ONE);
    run.agrees("y", y);
    Tensor da = run.blank(a.shape());
    Tensor db = run.blank(b.shape());
    op.backward(condition, run.input("dy"), da, db, ws, ONE);
    run.agrees("da", da);
    run.agrees("db", db);
  }

  private static void reduce(TorchRun run) {
    Tensor x = run.input("x");
    int[] axes =
        Arrays.stream(run.text("axes").split(",", -1)).mapToInt(Integer::parseInt).toArray();
    ReduceOp f = ReduceOp.valueOf(run.text("f"));
    AxisReduction op = arithmetic(run).reduce(f, x.shape(), run.flag("keep"), axes);
    Workspace ws = run.workspace(op.workspace());
    Tensor y = run.blank(op.y());
    op.forward(x, y, ws, ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(x.shape());
    op.backward(x, y, run.input("dy"), dx, ws, ONE);
    run.agrees("dx", dx);
  }

  private static void index(TorchRun run, boolean max) {
    Tensor x = run.input("x");
    int axis = run.integer("axis");
    ArgReduction op =
        max
            ? arithmetic(run).argMax(x.shape(), false, false, axis)
            : arithmetic(run).argMin(x.shape(), false, false, axis);
    int[] indices = new int[op.y().size()];
    op.run(x, indices, run.workspace(op.workspace()), ONE);
    run.agrees("indices", floats(indices));
  }

  private static Tensor floats(int[] indices) {
    Tensor t = Tensor.zeros(indices.length);
    for (int i = 0; i < indices.length; i++) {
      t.array()[i] = indices[i];
    }
    return t;
  }

  private static void topK(TorchRun run) {
    Tensor x = run.input("x");
    TopK op =
        arithmetic(run).topK(x.shape(), run.integer("axis"), run.integer("k"), run.flag("largest"));
    Tensor values = run.blank(op.y());
    int[] indices = new int[values.size()];
    op.forward(x, values, indices, run.workspace(op.workspace()), ONE);
    run.agrees("values", values);
    run.agrees("indices", floats(indices));
    Tensor dx = run.blank(x.shape());
    op.backward(indices, run.input("dy"), dx, ONE);
    run.agrees("dx", dx);
  }

  private static void cumulativeSum(TorchRun run) {
    Tensor x = run.input("x");
    CumulativeSum op =
        arithmetic(run).cumulativeSum(x.shape(), run.integer("axis"), false, run.flag("reverse"));
    Tensor y = run.blank(x.shape());
    op.forward(x, y, ONE);
    run.agrees("y", y);
    Tensor dx = run.blank(x.shape());
    op.backward(run.input("dy"), dx, ONE);
    run.agrees("dx", dx);
  }

  private static void matMul(TorchRun run) {
    Tensor a = run.input("a");
    Tensor b = run.input("b");
    MatMul op = arithmetic(run).matMul(a.shape(), b.shape());
    Workspace ws = run.workspace(op.workspace());
    Tensor y = run.blank(op.y());
    op.forward(a, b, y, ws, ONE);
    run.agrees("y", y);
    Tensor da = run.blank(a.shape());
    Tensor db = run.blank(b.shape());
    op.backward(a, b, run.input("dy"), da, db, ws, ONE);
    run.agrees("da", da);
    run.agrees("db", db);
  }
}
