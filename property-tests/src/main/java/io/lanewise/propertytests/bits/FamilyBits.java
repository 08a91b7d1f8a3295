package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.law.contract.FamilyRuns;
import io.lanewise.propertytests.subject.FamilyCase;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Losses, dropout, PReLU, softmax along an axis, operations on codes: forward and backward. */
final class FamilyBits {
  private static final List<String> FAMILIES =
      List.of("activation-along", "dropout", "loss", "quantised");
  private static final int[] SIZES = {2, 37, 13, 29, 2}; // several tasks, and tails
  private static final int VARIANTS = 3;

  private FamilyBits() {}

  static Stream<BitCase> cases() {
    return FAMILIES.stream()
        .flatMap(name -> FamilyRuns.of(name).kinds().stream().flatMap(kind -> cases(name, kind)));
  }

  private static Stream<BitCase> cases(String family, FamilySubject.Kind kind) {
    int rank = Math.clamp(4, kind.leastRank(), kind.mostRank());
    Shape shape = Shape.of(Arrays.copyOf(SIZES, rank));
    return Stream.of(Layout.values())
        .filter(l -> l == Layout.CHANNELS_FIRST || kind.anyLayout())
        .flatMap(
            l ->
                IntStream.range(0, VARIANTS)
                    .mapToObj(v -> new FamilyCase(kind.name(), shape, l, v)))
        .map(c -> new BitCase(family, c.toString(), (b, par, out) -> run(family, c, b, par, out)));
  }

  private static void run(
      String family, FamilyCase c, Backend backend, Parallel par, BitCase.Output out) {
    for (FamilyRuns.Result r : FamilyRuns.of(family).run(c, backend, par)) {
      out.add(r.run(), r.outputs().toArray(Tensor[]::new));
    }
  }
}
