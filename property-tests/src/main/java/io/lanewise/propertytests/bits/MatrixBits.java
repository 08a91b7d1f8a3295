package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.linear.LinearBackwardData;
import io.lanewise.kernels.linear.LinearBackwardWeights;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Matrix products and fully connected layers. */
final class MatrixBits {
  // k = 400 is more than one cache block of k; 70, 37 and 101 are no multiples of a tile.
  private static final List<GemmShape> PRODUCTS =
      List.of(
          GemmShape.of(1, 1, 1),
          GemmShape.of(9, 70, 400),
          new GemmShape(37, 5, 33, true, false, false),
          new GemmShape(17, 33, 50, false, true, true),
          new GemmShape(13, 16, 21, true, true, true),
          GemmShape.of(100, 37, 60),
          GemmShape.of(101, 1, 70),
          new GemmShape(37, 1, 45, true, false, true),
          new GemmShape(1, 101, 70, false, true, false));

  private static final List<LinearShape> LAYERS =
      List.of(new LinearShape(1, 400, 33), new LinearShape(9, 84, 10), new LinearShape(33, 37, 50));

  private MatrixBits() {}

  static Stream<BitCase> cases() {
    Stream<BitCase> products =
        PRODUCTS.stream()
            .map(s -> new BitCase("gemm", s.toString(), (b, p, out) -> product(s, b, p, out)));
    Stream<BitCase> layers =
        LAYERS.stream()
            .flatMap(
                s ->
                    Stream.of(
                        new BitCase("linear", "forward " + s, (b, p, o) -> forward(s, b, p, o)),
                        new BitCase("linear", "backward data " + s, (b, p, o) -> data(s, b, p, o)),
                        new BitCase(
                            "linear", "backward weights " + s, (b, p, o) -> weights(s, b, p, o))));
    return Stream.concat(products, layers);
  }

  private static void product(GemmShape s, Backend backend, Parallel par, BitCase.Output out) {
    Gemm plan = backend.gemm(s);
    BitData data = BitData.of("gemm " + s);
    Tensor a = data.floats(s.a());
    Tensor b = data.floats(s.b());
    Tensor c = data.floats(s.c());
    plan.run(a, b, c, Workspace.allocate(plan.workspace(), par.workers()), par);
    out.add("", c);
  }

  private static void forward(LinearShape s, Backend backend, Parallel par, BitCase.Output out) {
    LinearForward plan = backend.linearForward(s);
    BitData data = BitData.of("forward " + s);
    PackedWeights packed = plan.newWeights();
    plan.pack(data.floats(s.w()), packed);
    Tensor x = data.floats(s.x());
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(x, packed, data.floats(s.bias()), y, ws, par);
    out.add("", y);
  }

  private static void data(LinearShape s, Backend backend, Parallel par, BitCase.Output out) {
    LinearBackwardData plan = backend.linearBackwardData(s);
    BitData data = BitData.of("data " + s);
    Tensor dx = Tensor.zeros(s.x());
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(data.floats(s.y()), data.floats(s.w()), dx, ws, par);
    out.add("", dx);
  }

  private static void weights(LinearShape s, Backend backend, Parallel par, BitCase.Output out) {
    LinearBackwardWeights plan = backend.linearBackwardWeights(s);
    BitData data = BitData.of("weights " + s);
    Tensor dw = data.floats(s.w());
    Tensor db = data.floats(s.bias());
    Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
    plan.run(data.floats(s.x()), data.floats(s.y()), dw, db, ws, par);
    out.add("", dw, db);
  }
}
