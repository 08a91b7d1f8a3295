package io.lanewise.propertytests.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.linear.LinearForward;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.ActivationSubject;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The adapter says to ONNX Runtime what we mean: whole numbers give exactly the reference's results
 * (what differs otherwise is the library's, and the law-book's to find).
 */
class OnnxRuntimeBackendTest {
  private static final Backend ONNX_RUNTIME = new OnnxRuntimeBackend();
  private static final Backend REFERENCE = new ReferenceBackend();

  @BeforeAll
  static void needsTheLibrary() {
    OrtLibrary.require();
  }

  private static Tensor whole(Shape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.array()[i] = random.nextInt(-4, 5);
    }
    return t;
  }

  private static void same(Function<Backend, Tensor> compute) {
    assertArrayEquals(
        compute.apply(REFERENCE).toArray(), compute.apply(ONNX_RUNTIME).toArray(), 0f);
  }

  private static Tensor forward(Backend b, ConvShape s, Epilogue epilogue, Parallel par) {
    ConvForward plan = b.convForward(s);
    Tensor y = Tensor.zeros(s.y());
    plan.run(whole(s.x(), 1), plan.pack(whole(s.w(), 2)), epilogue, y, Workspace.NONE, par);
    return y;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n1 ic3 ih5 oc4 kh3 p1",
        "n0 ic3 ih5 oc4 kh3 p1",
        "n2 ic4 ih9 iw7 oc6 kh3 kw2 sh2 sw1 dh2 dw3 pt1 pb3 pl0 pr4 g2",
        "n1 ic2 ih4 oc4 kh1 p5 s4 g2",
        "n1 ic1 ih9 oc1 kh2 s5 d3"
      })
  void convolution(String text) {
    ConvShape s = ConvShape.parse(text);
    Epilogue bias = Epilogue.bias(whole(s.bias(), 4));
    try (ForkJoinTeam team = ForkJoinTeam.of(2)) {
      same(b -> forward(b, s, Epilogue.none(), Parallel.SEQUENTIAL));
      same(b -> forward(b, s, bias, team));
      same(b -> forward(b, s, bias.clamp(-7, 5), team));
      same(b -> forward(b, s, Epilogue.none().relu(), Parallel.SEQUENTIAL));
      same(b -> forward(b, s, bias.add(whole(s.y(), 5)).leakyRelu(0.5f), team));
    }
    same(
        b -> {
          ConvBackwardData plan = b.convBackwardData(s);
          Tensor dx = Tensor.zeros(s.x());
          PackedWeights w = plan.pack(whole(s.w(), 2));
          plan.run(whole(s.y(), 3), w, dx, Workspace.NONE, Parallel.SEQUENTIAL);
          return dx;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"m3 n4 k5", "m3 n4 k5 ta", "m3 n4 k5 tb acc", "m3 n4 k0 acc", "m0 n4 k5"})
  void product(String text) {
    GemmShape s = GemmShape.parse(text);
    same(
        b -> {
          Tensor c = whole(s.c(), 3);
          b.gemm(s).run(whole(s.a(), 1), whole(s.b(), 2), c, Workspace.NONE, Parallel.SEQUENTIAL);
          return c;
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void linear(boolean hasBias) {
    LinearShape s = new LinearShape(3, 5, 4);
    same(
        b -> {
          LinearForward plan = b.linearForward(s);
          PackedWeights w = plan.newWeights();
          plan.pack(whole(s.w(), 2), w);
          Tensor y = Tensor.zeros(s.y());
          Tensor bias = hasBias ? whole(s.bias(), 4) : null;
          plan.run(whole(s.x(), 1), w, bias, y, Workspace.NONE, Parallel.SEQUENTIAL);
          return y;
        });
  }

  @Test
  void linearGradients() {
    LinearShape s = new LinearShape(3, 5, 4);
    Parallel one = Parallel.SEQUENTIAL;
    same(
        b -> {
          Tensor dx = Tensor.zeros(s.x());
          b.linearBackwardData(s).run(whole(s.y(), 1), whole(s.w(), 2), dx, Workspace.NONE, one);
          return dx;
        });
    for (boolean biasIsAsked : new boolean[] {false, true}) {
      same(
          b -> {
            Tensor both = whole(Shape.of(4, 5 + 1), 3);
            Tensor dw = Tensor.wrap(s.w(), both.array(), 0);
            Tensor db = biasIsAsked ? Tensor.wrap(s.bias(), both.array(), 20) : null;
            b.linearBackwardWeights(s)
                .run(whole(s.x(), 1), whole(s.y(), 2), dw, db, Workspace.NONE, one);
            return both;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n1 c2 ih6 kh3 s2 p1", "n2 c3 ih7 kh2 kw3 sh1 sw2 dh2 dw3 pt1 pb1 pl2 pr2"})
  void pools(String text) {
    PoolShape s = PoolShape.parse(text);
    int[] want = new int[s.y().size()];
    int[] got = new int[s.y().size()];
    same(
        b -> {
          Tensor y = Tensor.zeros(s.y());
          int[] indices = b.equals(REFERENCE) ? want : got;
          b.maxPool(s).forward(whole(s.x(), 1), y, indices, Workspace.NONE, Parallel.SEQUENTIAL);
          return y;
        });
    assertArrayEquals(want, got);
    for (boolean countsPadding : new boolean[] {false, true}) {
      same(
          b -> {
            Tensor y = Tensor.zeros(s.y());
            Tensor x = whole(s.x(), 1);
            b.avgPool(s, countsPadding).forward(x, y, Workspace.NONE, Parallel.SEQUENTIAL);
            return y;
          });
    }
  }

  @Test
  void elementwise() {
    Tensor x = Tensor.of(Shape.of(2, 3), -2, -0.5f, 0, 0.5f, 2, 40);
    Parallel one = Parallel.SEQUENTIAL;
    for (Activation kind : ActivationSubject.KINDS) {
      near((b, y) -> b.activation(kind).forward(x, y, one), x);
      Tensor y = Tensor.zeros(2, 3);
      REFERENCE.activation(kind).forward(x, y, one);
      Tensor saved = kind.needsInput() ? x : y;
      near((b, dx) -> b.activation(kind).backward(saved, x, dx, one), x);
    }
    near((b, y) -> b.softmax().forward(x, y, one), x);
    Tensor y = Tensor.zeros(2, 3);
    REFERENCE.softmax().forward(x, y, one);
    near((b, dx) -> b.softmax().backward(y, x, dx, one), x);
  }

  private static void near(BiConsumer<Backend, Tensor> compute, Tensor like) {
    Tensor want = Tensor.zeros(like.shape());
    compute.accept(REFERENCE, want);
    Tensor got = Tensor.zeros(like.shape());
    compute.accept(ONNX_RUNTIME, got);
    assertArrayEquals(want.toArray(), got.toArray(), 1e-6f);
  }

  @Test
  void windowsOntoArrays() {
    float[] array = new float[40];
    Tensor x = Tensor.wrap(Shape.of(2, 3), array, 7).copyFrom(whole(Shape.of(2, 3), 1));
    Tensor y = Tensor.wrap(Shape.of(2, 3), array, 20);
    ONNX_RUNTIME.activation(Activation.relu()).forward(x, y, Parallel.SEQUENTIAL);
    for (int i = 0; i < 6; i++) {
      assertEquals(Math.max(0, array[7 + i]), array[20 + i]);
    }
    assertEquals(0f, array[19]);
    assertEquals(0f, array[26]);
  }

  @ParameterizedTest
  @CsvSource({
    "n1 c1 ih9 kh2 p2, padding smaller than the window",
    "n1 c1 ih9 kh3 pt3 pb0 pl0 pr0, padding"
  })
  void whatItLacksIsSaid(String shape, String words) {
    PoolShape s = PoolShape.parse(shape);
    assertTrue(
        assertThrows(UnsupportedOperationException.class, () -> ONNX_RUNTIME.maxPool(s))
            .getMessage()
            .contains(words));
    assertThrows(UnsupportedOperationException.class, () -> ONNX_RUNTIME.avgPool(s, true));
    assertThrows(
        UnsupportedOperationException.class,
        () -> ONNX_RUNTIME.convBackwardWeights(ConvShape.parse("ic1 ih1 oc1 kh1")));
    assertThrows(UnsupportedOperationException.class, ONNX_RUNTIME::softmaxCrossEntropy);
  }

  @Test
  void itIsNotLoadedWhereItWouldCrash() {
    OrtLibrary.requireShort(OrtLibrary.commandLineLength());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> OrtLibrary.requireShort(1501));
    assertTrue(e.getMessage().contains("at most 1500 characters, got 1501"), e.getMessage());
  }
}
