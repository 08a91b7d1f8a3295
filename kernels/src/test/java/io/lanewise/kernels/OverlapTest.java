package io.lanewise.kernels;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import org.junit.jupiter.api.Test;

/**
 * What a plan must refuse, or else compute something wrong in silence; and what it must not ask
 * for.
 */
class OverlapTest {
  private static final Parallel ONE = Parallel.SEQUENTIAL;
  private final Backend backend = Backend.best();
  private final float[] array = new float[100];

  private Tensor at(int offset, int... dims) {
    return Tensor.wrap(Shape.of(dims), array, offset);
  }

  @Test
  void activationsTakeTheSameWindowOrAnother() {
    var tanh = backend.activation(Activation.tanh());
    String message = "y must be x itself or share no elements with it";
    assertRefused(() -> tanh.forward(at(0, 40), at(1, 40), ONE), message);
    tanh.forward(at(0, 40), at(0, 40), ONE);
    assertRefused(
        () -> tanh.backward(at(0, 10), at(20, 10), at(15, 10), ONE), "dx must be dy itself");
    assertRefused(() -> tanh.backward(at(0, 10), at(20, 10), at(5, 10), ONE), "dx must be y");
  }

  @Test
  void softmaxTakesTheSameWindowOrAnother() {
    var softmax = backend.softmax();
    assertRefused(() -> softmax.forward(at(0, 4, 10), at(1, 4, 10), ONE), "y must be x itself");
    assertRefused(
        () -> softmax.backward(at(0, 1, 10), at(20, 1, 10), at(25, 1, 10), ONE), "dx must be dy");
    var loss = backend.softmaxCrossEntropy();
    int[] labels = {0, 1};
    assertRefused(
        () -> loss.forward(at(0, 2, 3), labels, at(5, 2), at(10, 2, 3), ONE),
        "losses must not share elements with logits");
    assertRefused(
        () -> loss.forward(at(0, 2, 3), labels, at(50, 2), at(1, 2, 3), ONE),
        "probabilities must be logits itself");
    assertRefused(() -> loss.backward(at(0, 2, 3), labels, at(1, 2, 3), ONE), "dx must be");
  }

  @Test
  void aBiasMayNotLieInTheOutput() {
    ConvShape s = ConvShape.parse("ic1 ih3 oc2 kh1");
    ConvForward conv = backend.convForward(s);
    Workspace ws = Workspace.allocate(conv.workspace(), 1);
    Epilogue inside = Epilogue.bias(at(0, 2));
    assertRefused(
        () -> conv.run(at(50, 1, 1, 3, 3), conv.newWeights(), inside, at(0, 1, 2, 3, 3), ws, ONE),
        "y must not share elements with bias");
    LinearForward linear = backend.linearForward(new LinearShape(2, 3, 4));
    Workspace lws = Workspace.allocate(linear.workspace(), 1);
    assertRefused(
        () -> linear.run(at(50, 2, 3), linear.newWeights(), at(2, 4), at(0, 2, 4), lws, ONE),
        "y must not share elements with bias");
  }

  @Test
  void weightsPackedForAnotherKernelShapeAreRefused() {
    ConvShape wide = ConvShape.parse("ic1 ih9 oc2 kh1 kw9");
    ConvShape square = ConvShape.parse("ic1 ih9 oc2 kh3");
    Tensor w = Tensor.zeros(wide.w());
    ConvForward forward = backend.convForward(square);
    var packed = backend.convForward(wide).pack(w);
    assertRefused(
        () ->
            forward.run(
                Tensor.zeros(square.x()),
                packed,
                Epilogue.none(),
                Tensor.zeros(square.y()),
                Workspace.allocate(forward.workspace(), 1),
                ONE),
        "packed");
    ConvBackwardData data = backend.convBackwardData(square);
    var packedData = backend.convBackwardData(wide).pack(w);
    assertRefused(
        () ->
            data.run(
                Tensor.zeros(square.y()),
                packedData,
                Tensor.zeros(square.x()),
                Workspace.allocate(data.workspace(), 1),
                ONE),
        "packed");
  }

  @Test
  void longRowsNeedNoMoreWorkspaceThanManyShortOnes() {
    for (String text :
        new String[] {"ic64 ih1 iw1000000 oc64 kh1 kw3", "ic8 ih1 iw8000000 oc128 kh1 kw3"}) {
      ConvShape s = ConvShape.parse(text);
      long data = backend.convBackwardData(s).workspace().totalFloats(1);
      long forward = backend.convForward(s).workspace().totalFloats(1);
      assertTrue(data < 1_000_000, () -> text + ": " + data);
      assertTrue(forward < 1_000_000, () -> text + ": " + forward);
    }
  }

  @Test
  void tooManyPackedWeightsAreRefusedWithTheirNumber() {
    LinearForward linear = backend.linearForward(new LinearShape(1, 1_000_000_000, 1));
    assertRefused(linear::newWeights, "packed weights hold less than 2^31 floats, got");
  }

  @Test
  void shapesOfTenDigitsComeBack() {
    ConvShape s = ConvShape.input(1, 1, 1, 1_000_000_000).filters(1, 1, 1).build();
    assertEquals(s, ConvShape.parse(s.toString()));
  }
}
