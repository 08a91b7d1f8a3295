package io.lanewise.kernels.catalogue;

import io.lanewise.kernels.Backend;
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
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Elementwise functions with broadcasting, reductions, selections and NumPy's matrix product. */
final class ArithmeticOperations {
  private static final String FAMILY = "arithmetic";
  private static final List<Integer> FROM_ONE = List.of(1, 2, 3, 4, 5);
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  private ArithmeticOperations() {}

  static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    for (BinaryOp op : BinaryOp.values()) {
      String name = words(op.name());
      Example forward = (backend, axes) -> forward(binary(backend, op, axes));
      Example backward = (backend, axes) -> backward(binary(backend, op, axes));
      all.add(
          op.hasGradient()
              ? Operation.of(FAMILY, name, Operation.ANY, forward, backward)
              : Operation.of(FAMILY, name, Operation.ANY, forward));
    }
    all.add(
        Operation.of(
            FAMILY,
            "add and ReLU",
            Operation.ANY,
            (backend, axes) -> forward(addRelu(backend, axes)),
            (backend, axes) -> backward(addRelu(backend, axes))));
    for (UnaryOp op : UnaryOp.values()) {
      String name = words(op.name());
      Example forward = (backend, axes) -> forward(unary(backend, op), axes);
      Example backward = (backend, axes) -> backward(unary(backend, op), axes);
      all.add(
          op.hasGradient()
              ? Operation.of(FAMILY, name, Operation.ANY, forward, backward)
              : Operation.of(FAMILY, name, Operation.ANY, forward));
    }
    all.add(
        Operation.of(
            FAMILY,
            "clip",
            Operation.ANY,
            (backend, axes) -> forward(backend.arithmetic().clip(-1, 1.5f), axes),
            (backend, axes) -> backward(backend.arithmetic().clip(-1, 1.5f), axes)));
    all.add(
        Operation.of(
            FAMILY,
            "where",
            Operation.ANY,
            (backend, axes) -> forward(where(backend, axes)),
            (backend, axes) -> backward(where(backend, axes))));
    for (ReduceOp op : ReduceOp.values()) {
      all.add(
          Operation.of(
              FAMILY,
              words(op.name()) + " over axes",
              Operation.ANY,
              (backend, axes) -> forward(reduction(backend, op, axes)),
              (backend, axes) -> backward(reduction(backend, op, axes))));
    }
    all.add(index("argmax over axes", a -> a.argMax(shape(3), true, false, 0, 2)));
    all.add(index("argmin over axes", a -> a.argMin(shape(3), true, true, 1)));
    all.add(
        Operation.of(
            FAMILY,
            "top-k",
            FROM_ONE,
            (backend, axes) -> forward(topK(backend, axes)),
            (backend, axes) -> backward(topK(backend, axes))));
    all.add(
        Operation.of(
            FAMILY,
            "cumulative sum",
            FROM_ONE,
            (backend, axes) -> forward(cumulativeSum(backend, axes)),
            (backend, axes) -> backward(cumulativeSum(backend, axes))));
    all.add(
        Operation.of(
            FAMILY,
            "matrix product with broadcasting",
            FROM_ONE,
            (backend, axes) -> forward(matMul(backend, axes)),
            (backend, axes) -> backward(matMul(backend, axes))));
    return all;
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Shape shape(int axes) {
    return ExampleData.shape(axes);
  }

  private static Workspace workspace(WorkspaceSpec spec) {
    return Workspace.allocate(spec, 1);
  }

  /** Above 0, for what is defined there alone; and no two alike. */
  private static Tensor positive(Shape shape, int seed) {
    Tensor t = ExampleData.tensor(shape, seed);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = Math.abs(t.array()[i]) + 0.25f;
    }
    return t;
  }

  private static Tensor floats(int[] indices) {
    Tensor t = Tensor.zeros(indices.length);
    for (int i = 0; i < indices.length; i++) {
      t.array()[i] = indices[i];
    }
    return t;
  }

  /** The right operand counts for all of the first axis. */
  private static Binary binary(Backend backend, BinaryOp op, int axes) {
    return backend.arithmetic().binary(op, shape(axes).prepend(3), shape(axes));
  }

  private static Binary addRelu(Backend backend, int axes) {
    Shape s = shape(axes).prepend(3);
    return backend
        .arithmetic()
        .binary(BinaryOp.ADD, s, s, Activation.relu(), Layout.CHANNELS_FIRST);
  }

  /** Positive, but one equals the right operand's, one is 0 and one is above all. */
  private static Tensor left(Binary op) {
    Tensor a = positive(op.a(), 1);
    int step = a.size() / 3;
    a.array()[0] = positive(op.b(), 2).array()[0];
    a.array()[step] = 0;
    a.array()[2 * step] = 3;
    return a;
  }

  private static List<Tensor> forward(Binary op) {
    Tensor y = Tensor.zeros(op.y());
    op.forward(left(op), positive(op.b(), 2), y, workspace(op.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(Binary op) {
    Tensor da = Tensor.zeros(op.a());
    Tensor db = Tensor.zeros(op.b());
    Tensor y = forward(op).get(0);
    Tensor dy = positive(op.y(), 3);
    Workspace ws = workspace(op.workspace());
    op.backward(left(op), positive(op.b(), 2), y, dy, da, db, ws, ONE);
    return List.of(da, db);
  }

  private static Unary unary(Backend backend, UnaryOp op) {
    return backend.arithmetic().unary(op);
  }

  /** Integers among them, so that none of the functions is 0 throughout. */
  private static Tensor numbers(Shape shape) {
    Tensor x = positive(shape, 1);
    x.array()[0] = 0;
    x.array()[1] = 2.75f;
    return x;
  }

  private static List<Tensor> forward(Unary op, int axes) {
    Tensor y = Tensor.zeros(shape(axes).prepend(3));
    op.forward(numbers(y.shape()), y, ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(Unary op, int axes) {
    Tensor dx = Tensor.zeros(shape(axes).prepend(3));
    op.backward(positive(dx.shape(), 1), ExampleData.tensor(dx.shape(), 2), dx, ONE);
    return List.of(Tensor.of(Shape.of(dx.size() + 1), withOne(dx)));
  }

  /** Some slopes are 0 everywhere, which must not look like an example that did nothing. */
  private static float[] withOne(Tensor dx) {
    float[] values = Arrays.copyOf(dx.array(), dx.size() + 1);
    values[dx.size()] = 1;
    return values;
  }

  private static Where where(Backend backend, int axes) {
    Shape a = shape(axes);
    return backend.arithmetic().where(a, a, axes == 0 ? a : a.withFirst(1));
  }

  private static Tensor condition(Shape shape) {
    Tensor c = Tensor.zeros(shape);
    for (int i = 0; i < c.size(); i += 2) {
      c.array()[i] = 1;
    }
    return c;
  }

  private static List<Tensor> forward(Where op) {
    Tensor y = Tensor.zeros(op.y());
    Tensor c = condition(op.condition());
    Workspace ws = workspace(op.workspace());
    op.forward(c, ExampleData.tensor(op.a(), 1), ExampleData.tensor(op.b(), 2), y, ws, ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(Where op) {
    Tensor da = Tensor.zeros(op.a());
    Tensor dy = ExampleData.tensor(op.y(), 3);
    Workspace ws = workspace(op.workspace());
    op.backward(condition(op.condition()), dy, da, null, ws, ONE);
    return List.of(da);
  }

  private static AxisReduction reduction(Backend backend, ReduceOp op, int axes) {
    Shape x = shape(axes);
    return axes < 2
        ? backend.arithmetic().reduce(op, x, false)
        : backend.arithmetic().reduce(op, x, true, 0, -1);
  }

  private static List<Tensor> forward(AxisReduction op) {
    Tensor y = Tensor.zeros(op.y());
    op.forward(positive(op.x(), 1), y, workspace(op.workspace()), ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(AxisReduction op) {
    Tensor dx = Tensor.zeros(op.x());
    Tensor dy = positive(op.y(), 2);
    Tensor y = forward(op).get(0);
    op.backward(positive(op.x(), 1), y, dy, dx, workspace(op.workspace()), ONE);
    return List.of(dx);
  }

  private static Operation index(String name, Function<Arithmetic, ArgReduction> plan) {
    return Operation.of(
        FAMILY,
        name,
        List.of(3),
        (backend, axes) -> {
          ArgReduction op = plan.apply(backend.arithmetic());
          int[] indices = new int[op.y().size()];
          op.run(ExampleData.tensor(op.x(), 1), indices, workspace(op.workspace()), ONE);
          return List.of(floats(indices));
        });
  }

  private static TopK topK(Backend backend, int axes) {
    return backend.arithmetic().topK(shape(axes), axes / 2, 2, true);
  }

  private static List<Tensor> forward(TopK op) {
    Tensor values = Tensor.zeros(op.y());
    int[] indices = new int[op.y().size()];
    op.forward(ExampleData.tensor(op.x(), 1), values, indices, workspace(op.workspace()), ONE);
    return List.of(values, floats(indices));
  }

  private static List<Tensor> backward(TopK op) {
    int[] indices = new int[op.y().size()];
    Tensor values = Tensor.zeros(op.y());
    Workspace ws = workspace(op.workspace());
    op.forward(ExampleData.tensor(op.x(), 1), values, indices, ws, ONE);
    Tensor dx = Tensor.zeros(op.x());
    op.backward(indices, ExampleData.tensor(op.y(), 2), dx, ONE);
    return List.of(dx);
  }

  private static CumulativeSum cumulativeSum(Backend backend, int axes) {
    return backend.arithmetic().cumulativeSum(shape(axes), axes / 2, false, true);
  }

  private static List<Tensor> forward(CumulativeSum op) {
    Tensor y = Tensor.zeros(op.shape());
    op.forward(ExampleData.tensor(op.shape(), 1), y, ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(CumulativeSum op) {
    Tensor dx = Tensor.zeros(op.shape());
    op.backward(ExampleData.tensor(op.shape(), 1), dx, ONE);
    return List.of(dx);
  }

  /** One of the operands has an axis less, or is a vector; the other's matrices are several. */
  private static MatMul matMul(Backend backend, int axes) {
    Shape a = shape(axes);
    int k = a.dim(-1);
    return backend.arithmetic().matMul(a, axes == 1 ? Shape.of(k) : Shape.of(k, 4));
  }

  private static List<Tensor> forward(MatMul op) {
    Tensor y = Tensor.zeros(op.y());
    Workspace ws = workspace(op.workspace());
    op.forward(ExampleData.tensor(op.a(), 1), ExampleData.tensor(op.b(), 2), y, ws, ONE);
    return List.of(y);
  }

  private static List<Tensor> backward(MatMul op) {
    Tensor da = Tensor.zeros(op.a());
    Tensor db = Tensor.zeros(op.b());
    Tensor dy = ExampleData.tensor(op.y(), 3);
    Workspace ws = workspace(op.workspace());
    Tensor a = ExampleData.tensor(op.a(), 1);
    op.backward(a, ExampleData.tensor(op.b(), 2), dy, da, db, ws, ONE);
    return List.of(da, db);
  }
}
