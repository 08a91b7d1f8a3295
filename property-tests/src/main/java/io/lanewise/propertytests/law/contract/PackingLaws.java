package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.subject.ConvSubject;
import io.lanewise.propertytests.subject.LinearSubject;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** What packing weights promises: it reads them, wherever they lie, and refuses others. */
final class PackingLaws {
  private static final String FORMULA =
      "weights are read, not written; wrong shapes and foreign memory are refused";
  private static final String SOURCE = "contract: the plan's pack and PackedWeights";

  private static final Parallel ONE = Parallel.SEQUENTIAL;

  static final List<Law<?>> ALL =
      List.of(
          new Law<>(
              "conv.contract-packing", ConvSubject.INSTANCE, FORMULA, SOURCE, PackingLaws::conv),
          new Law<>(
              "linear.contract-packing",
              LinearSubject.INSTANCE,
              FORMULA,
              SOURCE,
              PackingLaws::linear));

  private PackingLaws() {}

  private static void conv(Backend backend, ConvShape s, Trial trial) {
    Offered.each(List.of(() -> forward(backend, s, trial), () -> backwardData(backend, s, trial)));
  }

  private static void forward(Backend backend, ConvShape s, Trial trial) {
    for (ConvForward plan : backend.convForwardPlans(s)) {
      String what = plan.algorithm() + " forward";
      pack(trial, what, s.w(), plan::newWeights, plan::pack);
      Tensor x = Tensor.zeros(s.x());
      Tensor y = Tensor.zeros(s.y());
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      trial.refused(
          what + " of foreign weights",
          () -> plan.run(x, foreign(plan.newWeights()), Epilogue.none(), y, ws, ONE));
    }
  }

  private static void backwardData(Backend backend, ConvShape s, Trial trial) {
    for (ConvBackwardData plan : backend.convBackwardDataPlans(s)) {
      String what = plan.algorithm() + " backward data";
      pack(trial, what, s.w(), plan::newWeights, plan::pack);
      Tensor dy = Tensor.zeros(s.y());
      Tensor dx = Tensor.zeros(s.x());
      Workspace ws = Workspace.allocate(plan.workspace(), 1);
      trial.refused(
          what + " of foreign weights",
          () -> plan.run(dy, foreign(plan.newWeights()), dx, ws, ONE));
    }
  }

  private static void linear(Backend backend, LinearShape s, Trial trial) {
    LinearForward plan = backend.linearForward(s);
    pack(trial, "forward", s.w(), plan::newWeights, plan::pack);
    Tensor x = Tensor.zeros(s.x());
    Tensor y = Tensor.zeros(s.y());
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    trial.refused(
        "forward of foreign weights",
        () -> plan.run(x, foreign(plan.newWeights()), null, y, ws, ONE));
  }

  private static void pack(
      Trial trial,
      String what,
      Shape shape,
      Supplier<PackedWeights> memory,
      BiConsumer<Tensor, PackedWeights> pack) {
    Tensor w = trial.wideRange(shape);
    PackedWeights plain = memory.get();
    pack.accept(w, plain);
    GuardedTensor guarded = GuardedTensor.read(w);
    PackedWeights packed = memory.get();
    pack.accept(guarded.tensor(), packed);
    guarded.requireUnchanged(trial, what + " w");
    trial.sameBits(what + " packed at an offset", all(plain), all(packed));
    for (Shape wrong : WrongShapes.of(shape)) {
      trial.refused(
          what + " with w of shape " + wrong, () -> pack.accept(Tensor.zeros(wrong), packed));
    }
    trial.refused(what + " into foreign memory", () -> pack.accept(w, foreign(packed)));
  }

  private static PackedWeights foreign(PackedWeights own) {
    return new PackedWeights("of no plan", own.data().length);
  }

  private static Tensor all(PackedWeights packed) {
    return Tensor.of(Shape.of(packed.data().length), packed.data());
  }
}
