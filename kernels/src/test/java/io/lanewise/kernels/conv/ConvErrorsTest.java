package io.lanewise.kernels.conv;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What each argument of a convolution's plans is refused for. */
final class ConvErrorsTest {
  private static final ConvShape S = ConvShape.parse("n2 ic4 ih5 oc6 kh3 p1 g2");
  private static final Parallel SEQ = Parallel.SEQUENTIAL;

  private final Tensor x = Tensor.zeros(S.x());
  private final Tensor w = Tensor.zeros(S.w());
  private final Tensor y = Tensor.zeros(S.y());
  private final Tensor b = Tensor.zeros(S.bias());
  private final Tensor wrong = Tensor.zeros(2, 4, 5, 4);
  private final Epilogue none = Epilogue.none();

  @Test
  void forwardNamesTheArgument() {
    ConvForward plan = CpuBackend.best().convForward(S);
    PackedWeights packed = plan.pack(w);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.pack(wrong), "w must have shape [6, 2, 3, 3], got [2, 4, 5, 4]");
    assertRefused(
        () -> plan.run(wrong, packed, none, y, ws, SEQ),
        "x must have shape [2, 4, 5, 5], got [2, 4, 5, 4]");
    assertRefused(
        () -> plan.run(x, packed, none, wrong, ws, SEQ), "y must have shape [2, 6, 5, 5], got");
    assertRefused(
        () -> plan.run(x, packed, Epilogue.bias(wrong), y, ws, SEQ), "bias must have shape [6]");
    assertRefused(
        () -> plan.run(x, packed, none, y, Workspace.NONE, SEQ), "the workspace must have");
    assertRefused(
        () -> plan.run(x, packed, none, y, ws, Teams.THREE), "for 3 workers, got", "for 1");
  }

  @Test
  void forwardRefusesAnOutputThatSharesElementsWithWhatItReads() {
    ConvShape s = ConvShape.parse("n1 ic2 ih4 oc2 kh3 p1");
    ConvForward plan = CpuBackend.best().convForward(s);
    PackedWeights packed = plan.pack(Tensor.zeros(s.w()));
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    float[] array = new float[s.x().size() + 1];
    Tensor in = Tensor.wrap(s.x(), array, 0);
    Tensor out = Tensor.wrap(s.y(), array, 1);
    assertRefused(
        () -> plan.run(in, packed, none, out, ws, SEQ), "y must not share elements with x");
    Epilogue bias = Epilogue.bias(Tensor.wrap(s.bias(), array, array.length - 2));
    assertRefused(
        () -> plan.run(Tensor.zeros(s.x()), packed, bias, out, ws, SEQ),
        "y must not share elements with bias");
  }

  @Test
  void weightsOfAnotherPlanAreRefused() {
    ConvForward plan = CpuBackend.best().convForward(S);
    ConvForward other = CpuBackend.best().convForward(ConvShape.parse("n1 ic2 ih5 oc6 kh3"));
    PackedWeights packed = other.pack(Tensor.zeros(other.shape().w()));
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.pack(w, packed), "packed as '", "pack them with the plan");
    assertRefused(() -> plan.run(x, packed, none, y, ws, SEQ), "packed as '");
    ConvBackwardData data = CpuBackend.best().convBackwardData(S);
    Workspace dataWs = Workspace.allocate(data.workspace(), 1);
    assertRefused(() -> data.run(y, plan.pack(w), x, dataWs, SEQ), "packed as '");
    assertRefused(() -> data.pack(w, plan.newWeights()), "packed as '");
  }

  @Test
  void weightsServeAnotherBatchSize() {
    ConvForward plan = CpuBackend.best().convForward(S);
    ConvForward single = CpuBackend.best().convForward(S.withBatch(1));
    Workspace ws = Workspace.allocate(single.workspace(), 1);
    single.run(x.slice(0, 1), plan.pack(w), none, y.slice(0, 1), ws, SEQ);
  }

  @Test
  void backwardDataNamesTheArgument() {
    ConvBackwardData plan = CpuBackend.best().convBackwardData(S);
    PackedWeights packed = plan.pack(w);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.pack(wrong), "w must have shape [6, 2, 3, 3], got [2, 4, 5, 4]");
    assertRefused(() -> plan.run(wrong, packed, x, ws, SEQ), "dy must have shape [2, 6, 5, 5]");
    assertRefused(() -> plan.run(y, packed, wrong, ws, SEQ), "dx must have shape [2, 4, 5, 5]");
    assertRefused(() -> plan.run(y, packed, x, Workspace.NONE, SEQ), "the workspace must have");
    Tensor part = Tensor.wrap(S.x(), y.array(), 0);
    assertRefused(() -> plan.run(y, packed, part, ws, SEQ), "dx must not share elements with dy");
  }

  @Test
  void backwardWeightsNamesTheArgument() {
    ConvBackwardWeights plan = CpuBackend.best().convBackwardWeights(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.run(wrong, y, w, b, ws, SEQ), "x must have shape [2, 4, 5, 5]");
    assertRefused(() -> plan.run(x, wrong, w, b, ws, SEQ), "dy must have shape [2, 6, 5, 5]");
    assertRefused(() -> plan.run(x, y, wrong, b, ws, SEQ), "dw must have shape [6, 2, 3, 3]");
    assertRefused(() -> plan.run(x, y, w, wrong, ws, SEQ), "db must have shape [6]");
    assertRefused(() -> plan.run(x, y, w, b, Workspace.NONE, SEQ), "the workspace must have");
  }

  @Test
  void backwardWeightsRefusesGradientsThatShareElements() {
    ConvBackwardWeights plan = CpuBackend.best().convBackwardWeights(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    float[] array = new float[1000];
    Tensor all = Tensor.wrap(Shape.of(1000), array, 0);
    Tensor xs = Tensor.wrap(S.x(), array, 0);
    Tensor dys = Tensor.wrap(S.y(), array, 100);
    Tensor dws = Tensor.wrap(S.w(), array, 10);
    Tensor dbs = Tensor.wrap(S.bias(), all.array(), 110);
    assertRefused(() -> plan.run(xs, y, dws, null, ws, SEQ), "dw must not share elements with x");
    assertRefused(() -> plan.run(x, dys, dws, null, ws, SEQ), "dw must not share elements with dy");
    assertRefused(() -> plan.run(xs, y, w, dbs, ws, SEQ), "db must not share elements with x");
    assertRefused(() -> plan.run(x, dys, w, dbs, ws, SEQ), "db must not share elements with dy");
    assertRefused(() -> plan.run(x, y, dws, dbs, ws, SEQ), "db must not share elements with dw");
  }
}
