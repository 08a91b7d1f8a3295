package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.AxisReduction;
import io.lanewise.kernels.arithmetic.Binary;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.MatMul;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.Unary;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Functions of one and two tensors, reductions and matrix products that are broadcast. */
final class ArithmeticBits {
  private static final String OP = "arithmetic";
  private static final Shape IMAGES = Shape.of(2, 9, 37, 31);

  private ArithmeticBits() {}

  static Stream<BitCase> cases() {
    Stream<BitCase> binary =
        Arrays.stream(BinaryOp.values())
            .map(op -> new BitCase(OP, op.toString(), (b, p, out) -> binary(op, b, p, out)));
    Stream<BitCase> unary =
        Arrays.stream(UnaryOp.values())
            .map(op -> new BitCase(OP, op.toString(), (b, p, out) -> unary(op, b, p, out)));
    Stream<BitCase> reductions =
        Arrays.stream(ReduceOp.values())
            .flatMap(
                op ->
                    Stream.of(List.of(2, 3), List.of(0), List.of(1, 3))
                        .map(
                            axes ->
                                new BitCase(
                                    OP,
                                    op + " over " + axes,
                                    (b, p, out) -> reduce(op, axes, b, p, out))));
    Stream<BitCase> products =
        Stream.of(new BitCase(OP, "matmul", (b, p, out) -> matMul(b, p, out)));
    return Stream.of(binary, unary, reductions, products).flatMap(c -> c);
  }

  private static void binary(BinaryOp op, Backend backend, Parallel par, BitCase.Output out) {
    for (Shape other : List.of(IMAGES, Shape.of(9, 1, 1), Shape.of(2, 1, 1, 31))) {
      Binary plan =
          backend.arithmetic().binary(op, IMAGES, other, Activation.silu(), Layout.CHANNELS_FIRST);
      BitData data = BitData.of(op + " " + other);
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      Tensor a = data.special(IMAGES);
      Tensor b = data.special(other);
      Tensor y = Tensor.zeros(plan.y());
      plan.forward(a, b, y, ws, par);
      out.add("forward " + other, y);
      if (op.hasGradient()) {
        Tensor da = Tensor.zeros(IMAGES);
        Tensor db = Tensor.zeros(other);
        Tensor left = data.floats(IMAGES);
        plan.backward(left, data.floats(other), null, data.floats(IMAGES), da, db, ws, par);
        out.add("backward " + other, da, db);
      }
    }
  }

  private static void unary(UnaryOp op, Backend backend, Parallel par, BitCase.Output out) {
    Unary plan = backend.arithmetic().unary(op);
    BitData data = BitData.of(op.toString());
    Tensor x = data.special(IMAGES);
    Tensor y = Tensor.zeros(IMAGES);
    plan.forward(x, y, par);
    out.add("forward", y);
    if (op.hasGradient()) {
      Tensor dx = Tensor.zeros(IMAGES);
      plan.backward(x, data.floats(IMAGES), dx, par);
      out.add("backward", dx);
    }
  }

  private static void reduce(
      ReduceOp op, List<Integer> over, Backend backend, Parallel par, BitCase.Output out) {
    int[] axes = over.stream().mapToInt(Integer::intValue).toArray();
    AxisReduction plan = backend.arithmetic().reduce(op, IMAGES, true, axes);
    BitData data = BitData.of(op + " over " + over);
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    Tensor x = data.floats(IMAGES);
    Tensor y = Tensor.zeros(plan.y());
    plan.forward(x, y, ws, par);
    Tensor dx = Tensor.zeros(IMAGES);
    plan.backward(x, y, data.floats(plan.y()), dx, ws, par);
    out.add("forward", y);
    out.add("backward", dx);
  }

  private static void matMul(Backend backend, Parallel par, BitCase.Output out) {
    MatMul plan = backend.arithmetic().matMul(Shape.of(3, 1, 19, 33), Shape.of(2, 33, 21));
    BitData data = BitData.of("matmul");
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    Tensor a = data.floats(plan.a());
    Tensor b = data.floats(plan.b());
    Tensor y = Tensor.zeros(plan.y());
    plan.forward(a, b, y, ws, par);
    Tensor da = Tensor.zeros(plan.a());
    Tensor db = Tensor.zeros(plan.b());
    plan.backward(a, b, data.floats(plan.y()), da, db, ws, par);
    out.add("forward", y);
    out.add("backward", da, db);
  }
}
