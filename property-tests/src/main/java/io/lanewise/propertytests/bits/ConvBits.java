package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.ConvOptions;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.conv.TransposedConvBackwardWeights;
import io.lanewise.kernels.conv.TransposedConvForward;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** The three passes of convolutions, by every algorithm that the backend lists. */
final class ConvBits {
  /** Small enough for an interpreter, large enough for tails, several tiles and several tasks. */
  private static final List<String> SHAPES =
      List.of(
          "n1 ic1 ih12 oc6 kh5",
          "n3 ic5 ih9 iw11 oc17 kh3 p1",
          "n2 ic6 ih10 oc9 kh3 s2 p1 g3",
          "n1 ic8 ih11 iw7 oc8 kh3 kw2 d2 pt2 pb1 pl0 pr3",
          "n2 ic33 ih7 oc35 kh1",
          "n1 ic16 ih9 oc16 kh3 p1 g16",
          "n1 ic40 ih7 oc37 kh3 p1",
          "n2 ic4 ih6 oc70 kh3 kw1 sh3 sw1",
          "n2 ic17 iw35 oc19 kw5 s2 p2",
          "n1 ic5 id4 ih7 iw9 oc18 kd3 kh3 p1",
          "n2 ic6 id5 ih6 iw7 oc9 kd2 kh3 kw2 s2 g3");

  private static final List<String> TRANSPOSED =
      List.of(
          "n2 ic9 ih7 iw5 oc6 kh3 s2 p1 op1 g3",
          "n1 ic17 iw35 oc19 kw4 s2 p1",
          "n1 ic6 id3 ih4 iw5 oc9 kd2 kh2 s2",
          "n2 ic5 ih6 oc18 kh3 p1");

  private ConvBits() {}

  static Stream<BitCase> cases() {
    return Stream.concat(
        SHAPES.stream()
            .map(ConvShape::parse)
            .flatMap(
                s ->
                    Stream.of(
                        new BitCase("conv", "forward " + s, (b, p, out) -> forward(s, b, p, out)),
                        new BitCase(
                            "conv", "backward data " + s, (b, p, out) -> data(s, b, p, out)),
                        new BitCase(
                            "conv",
                            "backward weights " + s,
                            (b, p, out) -> weights(s, b, p, out)))),
        TRANSPOSED.stream()
            .map(TransposedConvShape::parse)
            .map(
                s ->
                    new BitCase(
                        "conv-transposed", s.toString(), (b, p, out) -> transposed(s, b, p, out))));
  }

  private static void transposed(
      TransposedConvShape s, Backend backend, Parallel par, BitCase.Output out) {
    BitData data = BitData.of("transposed " + s);
    Tensor x = data.floats(s.x());
    Tensor w = data.floats(s.w());
    Tensor dy = data.floats(s.y());
    Epilogue epilogue = Epilogue.bias(data.floats(s.bias())).relu();
    for (TransposedConvForward plan : backend.transposedConvForwardPlans(s, ConvOptions.DEFAULT)) {
      Tensor y = Tensor.zeros(s.y());
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      plan.run(x, plan.pack(w), epilogue, y, ws, par);
      out.add("forward " + plan.algorithm(), y);
    }
    for (TransposedConvBackwardWeights plan :
        backend.transposedConvBackwardWeightsPlans(s, ConvOptions.DEFAULT)) {
      Tensor dw = Tensor.zeros(s.w());
      Tensor db = Tensor.zeros(s.bias());
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      plan.run(x, dy, dw, db, ws, par);
      out.add("weights " + plan.algorithm(), dw, db);
    }
  }

  private static void forward(ConvShape s, Backend backend, Parallel par, BitCase.Output out) {
    BitData data = BitData.of("forward " + s);
    Tensor x = data.floats(s.x());
    Tensor w = data.floats(s.w());
    Epilogue clamp = Epilogue.bias(data.floats(s.bias())).clamp(-1000f, Float.MAX_VALUE);
    Epilogue silu = Epilogue.bias(data.floats(s.bias())).add(data.floats(s.y())).silu();
    for (ConvForward plan : backend.convForwardPlans(s)) {
      Tensor y = Tensor.zeros(s.y());
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      plan.run(x, plan.pack(w), clamp, y, ws, par);
      out.add(plan.algorithm(), y);
      plan.run(x, plan.pack(w), silu, y, ws, par);
      out.add(plan.algorithm() + " + residual, silu", y);
    }
  }

  private static void data(ConvShape s, Backend backend, Parallel par, BitCase.Output out) {
    BitData data = BitData.of("data " + s);
    Tensor dy = data.floats(s.y());
    Tensor w = data.floats(s.w());
    for (ConvBackwardData plan : backend.convBackwardDataPlans(s)) {
      Tensor dx = Tensor.zeros(s.x());
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      plan.run(dy, plan.pack(w), dx, ws, par);
      out.add(plan.algorithm(), dx);
    }
  }

  private static void weights(ConvShape s, Backend backend, Parallel par, BitCase.Output out) {
    BitData data = BitData.of("weights " + s);
    Tensor x = data.floats(s.x());
    Tensor dy = data.floats(s.y());
    Tensor start = data.floats(s.w());
    for (ConvBackwardWeights plan : backend.convBackwardWeightsPlans(s)) {
      Tensor dw = start.copy();
      Tensor db = Tensor.zeros(s.bias());
      Workspace ws = Workspace.allocate(plan.workspace(), par.workers());
      plan.run(x, dy, dw, db, ws, par);
      out.add(plan.algorithm(), dw, db);
    }
  }
}
