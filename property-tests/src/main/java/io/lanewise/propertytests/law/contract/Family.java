package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.FamilyCase;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Operations of one kind, each with its runs laid open, forward and backward. */
final class Family {
  /** Plans an operation and lays its runs open: its forward run, then what its gradients are. */
  @FunctionalInterface
  interface Runs {
    /**
     * The runs.
     *
     * @throws UnsupportedOperationException if the backend does not offer the operation
     */
    List<Call> of(Backend backend, Draw draw);
  }

  private static final int SOME_VARIANTS = 20;

  private final String name;
  private final List<FamilySubject.Kind> kinds = new ArrayList<>();
  private final Map<String, Runs> runs = new LinkedHashMap<>();
  private final List<String> linear = new ArrayList<>();
  private final List<String> bijective = new ArrayList<>();

  Family(String name) {
    this.name = name;
  }

  /** An operation on tensors of so many axes, channels first. */
  Family add(String operation, int leastRank, int mostRank, Runs of) {
    kinds.add(new FamilySubject.Kind(operation, leastRank, mostRank, false));
    runs.put(operation, of);
    return this;
  }

  /** An operation on images of either layout. */
  Family addImages(String operation, int leastRank, int mostRank, Runs of) {
    kinds.add(new FamilySubject.Kind(operation, leastRank, mostRank, true));
    runs.put(operation, of);
    return this;
  }

  /** The operation added last is linear in its first input, its second run the adjoint. */
  Family linear() {
    linear.add(kinds.getLast().name());
    return this;
  }

  /** The operation added last is linear and moves each element to one place. */
  Family bijective() {
    bijective.add(kinds.getLast().name());
    return linear();
  }

  FamilySubject subject() {
    return new FamilySubject(name, kinds);
  }

  /** Only the operations with runs that {@code wanted} accepts, as far as some variants tell. */
  FamilySubject subject(Predicate<Call> wanted) {
    return subject()
        .only(kinds.stream().filter(k -> hasRun(k, wanted)).map(FamilySubject.Kind::name).toList());
  }

  private boolean hasRun(FamilySubject.Kind kind, Predicate<Call> wanted) {
    int[] dims = new int[kind.leastRank()];
    Arrays.fill(dims, 3);
    Calls.Data zeros = new Calls.Data(Tensor::zeros, new SplittableRandom(1));
    return IntStream.range(0, SOME_VARIANTS)
        .mapToObj(v -> new FamilyCase(kind.name(), Shape.of(dims), Layout.CHANNELS_FIRST, v))
        .flatMap(c -> calls(Draw.REFERENCE, c, zeros).stream())
        .anyMatch(wanted);
  }

  List<FamilySubject.Kind> kinds() {
    return List.copyOf(kinds);
  }

  List<String> linearOperations() {
    return linear;
  }

  List<String> bijectiveOperations() {
    return bijective;
  }

  /** A case's runs; the same data for every backend. */
  List<Call> calls(Backend backend, FamilyCase c, Calls.Data data) {
    return runs.get(c.operation()).of(backend, new Draw(c, data));
  }
}
