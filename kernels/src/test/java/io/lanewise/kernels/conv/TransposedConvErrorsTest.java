package io.lanewise.kernels.conv;

import static io.lanewise.kernels.Refusals.assertRefused;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each argument of a transposed convolution's plans is refused for. */
final class TransposedConvErrorsTest {
  private static final TransposedConvShape S =
      TransposedConvShape.parse("n2 ic6 ih3 oc4 kh3 s2 p1 g2");
  private static final LinearShape LINEAR = LinearShape.parse("in3 out5");
  private static final Parallel SEQ = Parallel.SEQUENTIAL;

  private final Tensor x = Tensor.zeros(S.x());
  private final Tensor w = Tensor.zeros(S.w());
  private final Tensor y = Tensor.zeros(S.y());
  private final Tensor b = Tensor.zeros(S.bias());
  private final Tensor wrong = Tensor.zeros(2, 4, 5, 4);
  private final Epilogue none = Epilogue.none();

  static List<Backend> backends() {
    return List.of(CpuBackend.best(), new ReferenceBackend());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void forwardNamesTheArgument(Backend backend) {
    TransposedConvForward plan = backend.transposedConvForward(S);
    PackedWeights packed = plan.pack(w);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.pack(wrong), "w must have shape [6, 2, 3, 3], got [2, 4, 5, 4]");
    assertRefused(
        () -> plan.run(wrong, packed, none, y, ws, SEQ),
        "x must have shape [2, 6, 3, 3], got [2, 4, 5, 4]");
    assertRefused(
        () -> plan.run(x, packed, none, wrong, ws, SEQ), "y must have shape [2, 4, 5, 5], got");
    assertRefused(
        () -> plan.run(x, packed, Epilogue.bias(wrong), y, ws, SEQ), "bias must have shape [4]");
    Epilogue shared = Epilogue.bias(Tensor.wrap(S.bias(), y.array(), 7));
    assertRefused(
        () -> plan.run(x, packed, shared, y, ws, SEQ), "y must not share elements with bias");
    Tensor half = Tensor.wrap(S.x(), y.array(), 5);
    assertRefused(
        () -> plan.run(half, packed, none, y, ws, SEQ), "y must not share elements with x");
    PackedWeights other = backend.linearForward(LINEAR).newWeights();
    assertRefused(() -> plan.run(x, other, none, y, ws, SEQ), "packed as '");
    assertRefused(() -> plan.pack(w, other), "packed as '");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsNameTheArgument(Backend backend) {
    TransposedConvBackwardData data = backend.transposedConvBackwardData(S);
    PackedWeights packed = data.pack(w);
    Workspace dataWs = Workspace.allocate(data.workspace(), 1);
    assertRefused(() -> data.pack(wrong), "w must have shape [6, 2, 3, 3]");
    assertRefused(() -> data.run(wrong, packed, x, dataWs, SEQ), "dy must have shape [2, 4, 5, 5]");
    assertRefused(() -> data.run(y, packed, wrong, dataWs, SEQ), "dx must have shape [2, 6, 3, 3]");
    TransposedConvBackwardWeights plan = backend.transposedConvBackwardWeights(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    assertRefused(() -> plan.run(wrong, y, w, b, ws, SEQ), "x must have shape [2, 6, 3, 3]");
    assertRefused(() -> plan.run(x, wrong, w, b, ws, SEQ), "dy must have shape [2, 4, 5, 5]");
    assertRefused(() -> plan.run(x, y, wrong, b, ws, SEQ), "dw must have shape [6, 2, 3, 3]");
    assertRefused(() -> plan.run(x, y, w, wrong, ws, SEQ), "db must have shape [4]");
    Tensor inX = Tensor.wrap(S.bias(), x.array(), 2);
    assertRefused(() -> plan.run(x, y, w, inX, ws, SEQ), "db must not share elements with x");
  }

  @Test
  void aWorkspaceThatIsTooSmallIsRefused() {
    Backend backend = CpuBackend.best();
    TransposedConvForward forward = backend.transposedConvForward(S);
    TransposedConvBackwardData data = backend.transposedConvBackwardData(S);
    TransposedConvBackwardWeights weights = backend.transposedConvBackwardWeights(S);
    String message = "the workspace must have";
    PackedWeights packed = forward.pack(w);
    assertRefused(() -> forward.run(x, packed, none, y, Workspace.NONE, SEQ), message);
    Workspace ws = Workspace.allocate(forward.workspace(), 1);
    assertRefused(
        () -> forward.run(x, packed, none, y, ws, Teams.THREE), "for 3 workers, got", "for 1");
    PackedWeights dataPacked = data.pack(w);
    assertRefused(() -> data.run(y, dataPacked, x, Workspace.NONE, SEQ), message);
    assertRefused(() -> weights.run(x, y, w, b, Workspace.NONE, SEQ), message);
  }

  @Test
  void aResidualThatIsTheOutputIsRefused() {
    TransposedConvForward plan = CpuBackend.best().transposedConvForward(S);
    Workspace ws = Workspace.allocate(plan.workspace(), 1);
    PackedWeights packed = plan.pack(w);
    assertRefused(
        () -> plan.run(x, packed, Epilogue.none().add(y), y, ws, SEQ),
        "y must not share elements with residual");
    assertRefused(
        () -> plan.run(x, packed, Epilogue.none().add(wrong), y, ws, SEQ),
        "residual must have shape [2, 4, 5, 5], got [2, 4, 5, 4]");
  }

  @Test
  void anAlgorithmThatCannotIsRefused() {
    ConvOptions winograd = ConvOptions.DEFAULT.algorithm("winograd-f4x4-3x3");
    assertRefused(
        () -> CpuBackend.best().transposedConvForward(S, winograd),
        "no algorithm computes",
        "the stride is not 1");
    assertRefused(
        () -> new ReferenceBackend().transposedConvForward(S, winograd),
        "the reference has one algorithm");
  }
}
