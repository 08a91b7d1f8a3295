package io.lanewise.kernels.linear;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What each argument of a fully connected layer's plans is refused for. */
final class LinearErrorsTest {
  private static final LinearShape S = new LinearShape(2, 5, 3);
  private static final Parallel SEQ = Parallel.SEQUENTIAL;

  private final Tensor x = Tensor.zeros(S.x());
  private final Tensor w = Tensor.zeros(S.w());
  private final Tensor y = Tensor.zeros(S.y());
  private final Tensor b = Tensor.zeros(S.bias());
  private final Tensor wrong = Tensor.zeros(4, 4);

  @Test
  void forwardNamesTheArgument() {
    LinearForward plan = CpuBackend.best().linearForward(S);
    PackedWeights packed = plan.newWeights();
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.pack(wrong, packed), "w must have shape [3, 5], got [4, 4]");
    assertRefused(() -> plan.run(wrong, packed, b, y, ws, SEQ), "x must have shape [2, 5]");
    assertRefused(() -> plan.run(x, packed, wrong, y, ws, SEQ), "bias must have shape [3]");
    assertRefused(() -> plan.run(x, packed, b, wrong, ws, SEQ), "y must have shape [2, 3]");
    assertRefused(() -> plan.run(x, packed, b, y, Workspace.NONE, SEQ), "the workspace must");
    PackedWeights other = CpuBackend.best().linearForward(new LinearShape(2, 3, 5)).newWeights();
    assertRefused(() -> plan.run(x, other, b, y, ws, SEQ), "packed as '");
    assertRefused(() -> plan.pack(w, other), "packed as '");
    Tensor onX = Tensor.wrap(S.y(), x.array(), 2);
    assertRefused(() -> plan.run(x, packed, b, onX, ws, SEQ), "y must not share elements with x");
  }

  @Test
  void backwardDataNamesTheArgument() {
    LinearBackwardData plan = CpuBackend.best().linearBackwardData(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.run(wrong, w, x, ws, SEQ), "dy must have shape [2, 3]");
    assertRefused(() -> plan.run(y, wrong, x, ws, SEQ), "w must have shape [3, 5]");
    assertRefused(() -> plan.run(y, w, wrong, ws, SEQ), "dx must have shape [2, 5]");
    assertRefused(() -> plan.run(y, w, x, Workspace.NONE, SEQ), "the workspace must");
    Tensor onW = Tensor.wrap(S.x(), w.array(), 0);
    assertRefused(() -> plan.run(y, w, onW, ws, SEQ), "dx must not share elements with w");
  }

  @Test
  void backwardWeightsNamesTheArgument() {
    LinearBackwardWeights plan = CpuBackend.best().linearBackwardWeights(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.run(wrong, y, w, b, ws, SEQ), "x must have shape [2, 5]");
    assertRefused(() -> plan.run(x, wrong, w, b, ws, SEQ), "dy must have shape [2, 3]");
    assertRefused(() -> plan.run(x, y, wrong, b, ws, SEQ), "dw must have shape [3, 5]");
    assertRefused(() -> plan.run(x, y, w, wrong, ws, SEQ), "db must have shape [3]");
    assertRefused(() -> plan.run(x, y, w, b, Workspace.NONE, SEQ), "the workspace must");
    Tensor dbOnDy = Tensor.wrap(S.bias(), y.array(), 1);
    assertRefused(() -> plan.run(x, y, w, dbOnDy, ws, SEQ), "db must not share elements with dy");
    Tensor dyOnDw = Tensor.wrap(S.y(), w.array(), 0);
    assertRefused(() -> plan.run(x, dyOnDw, w, b, ws, SEQ), "dw must not share elements with dy");
  }
}
