package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import java.util.List;

/** Weights are packed once and used often. */
final class ConvPackingLaws {
  static final List<Law<ConvShape>> ALL =
      List.of(
          new Law<>(
              "conv.packed-forward",
              ConvSubject.INSTANCE,
              "weights packed once, or again into the same memory, give y the same bits",
              "definition: PackedWeights",
              ConvPackingLaws::packedForward),
          new Law<>(
              "conv.packed-input-gradient",
              ConvSubject.INSTANCE,
              "weights packed once, or again into the same memory, give dx the same bits",
              "definition: PackedWeights",
              ConvPackingLaws::packedInputGradient));

  private ConvPackingLaws() {}

  private static void packedForward(Backend backend, ConvShape s, Trial trial) {
    Tensor x = trial.floats(s.x());
    Tensor x2 = trial.floats(s.x());
    Tensor w = trial.floats(s.w());
    Tensor w2 = trial.floats(s.w());
    for (ConvForward plan : backend.convForwardPlans(s)) {
      PackedWeights packed = plan.pack(w);
      forward(plan, x, packed);
      Tensor want = forward(plan, x2, plan.pack(w));
      ConvLaws.requireAlive(trial, s, want);
      trial.sameBits(plan.algorithm() + " y, packed once", want, forward(plan, x2, packed));
      plan.pack(w2, packed);
      want = forward(plan, x, plan.pack(w2));
      trial.sameBits(plan.algorithm() + " y, packed again", want, forward(plan, x, packed));
    }
  }

  private static Tensor forward(ConvForward plan, Tensor x, PackedWeights w) {
    Tensor y = ConvPass.FORWARD.blank(plan.shape());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(x, w, Epilogue.none(), y, ws, Parallel.SEQUENTIAL);
    return y;
  }

  private static void packedInputGradient(Backend backend, ConvShape s, Trial trial) {
    Tensor dy = trial.floats(s.y());
    Tensor dy2 = trial.floats(s.y());
    Tensor w = trial.floats(s.w());
    Tensor w2 = trial.floats(s.w());
    for (ConvBackwardData plan : backend.convBackwardDataPlans(s)) {
      PackedWeights packed = plan.pack(w);
      backward(plan, dy, packed);
      Tensor want = backward(plan, dy2, plan.pack(w));
      ConvLaws.requireAlive(trial, s, want);
      trial.sameBits(plan.algorithm() + " dx, packed once", want, backward(plan, dy2, packed));
      plan.pack(w2, packed);
      want = backward(plan, dy, plan.pack(w2));
      trial.sameBits(plan.algorithm() + " dx, packed again", want, backward(plan, dy, packed));
    }
  }

  private static Tensor backward(ConvBackwardData plan, Tensor dy, PackedWeights w) {
    Tensor dx = ConvPass.INPUT_GRADIENT.blank(plan.shape());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    plan.run(dy, w, dx, ws, Parallel.SEQUENTIAL);
    return dx;
  }
}
