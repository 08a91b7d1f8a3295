package io.lanewise.propertytests.subject;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.propertytests.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Activations of every kind on tensors of any rank and size, empty ones and scalars included. */
public final class ActivationSubject implements Subject<ActivationCase> {
  /** The one there is. */
  public static final ActivationSubject INSTANCE = new ActivationSubject();

  /** One of each kind at least. Limits and kinks are multiples of 1/128. */
  public static final List<Activation> KINDS =
      List.of(
          Activation.identity(),
          Activation.relu(),
          Activation.relu6(),
          Activation.clamp(-0.5f, 0.25f),
          Activation.leakyRelu(),
          Activation.hardSigmoid(),
          Activation.hardSwish(),
          Activation.sigmoid(),
          Activation.silu(),
          Activation.tanh());

  /** Those that no law is about yet, except that their bits are the same everywhere. */
  public static final List<Activation> MORE =
      List.of(
          Activation.step(),
          Activation.threshold(0.5f, -0.25f),
          Activation.elu(),
          Activation.selu(),
          Activation.celu(2.5f),
          Activation.gelu(),
          Activation.geluTanh(),
          Activation.mish(),
          Activation.softplus(2.5f, 20),
          Activation.softsign());

  private static final int MOST_ELEMENTS = 20_000;
  private static final int TASK = 1 << 14; // elements that one thread takes at a time

  private ActivationSubject() {}

  @Override
  public String name() {
    return "activation";
  }

  @Override
  public Arbitrary<ActivationCase> shapes() {
    Arbitrary<int[]> rows = Sizes.around(0, 300, Sizes.LANES).array(int[].class).ofSize(1);
    Arbitrary<int[]> ranks =
        Sizes.around(0, 19, Sizes.LANES).array(int[].class).ofMinSize(0).ofMaxSize(4);
    Arbitrary<int[]> tasks = Sizes.around(1, 19, TASK).array(int[].class).ofSize(1);
    Arbitrary<Shape> shapes =
        Arbitraries.frequencyOf(Tuple.of(6, rows), Tuple.of(5, ranks), Tuple.of(1, tasks))
            .filter(
                d ->
                    Arrays.stream(d).asLongStream().reduce(1, Math::multiplyExact) <= MOST_ELEMENTS)
            .map(Shape::of);
    Arbitrary<Activation> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.of(KINDS)),
            Tuple.of(1, Arbitraries.of(Activation.relu(), Activation.tanh())));
    return Combinators.combine(kinds, shapes).as(ActivationCase::new);
  }

  @Override
  public List<ActivationCase> regressions() {
    return Regressions.shared().activations().toList();
  }

  @Override
  public ActivationCase parse(String text) {
    return ActivationCase.parse(text);
  }

  /** Without one of the dimensions, then with one of them lowered. */
  @Override
  public Stream<ActivationCase> simpler(ActivationCase s) {
    int[] dims = s.shape().toArray();
    Stream<int[]> fewer =
        dims.length == 0 ? Stream.empty() : Stream.of(Arrays.copyOf(dims, dims.length - 1));
    return Stream.concat(fewer, Steps.simpler(dims, new int[dims.length]))
        .map(d -> new ActivationCase(s.kind(), Shape.of(d)));
  }
}
