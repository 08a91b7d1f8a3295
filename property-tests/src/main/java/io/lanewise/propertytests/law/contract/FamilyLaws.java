package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.Law.Statement;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.contract.Call.Argument;
import io.lanewise.propertytests.subject.FamilyCase;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What the reference says of every family's operations, and what linear ones have in common. */
final class FamilyLaws {
  private static final int VARIANTS = 8;
  private static final float FACTOR = 8;
  private static final String DEFINITION = "definition: the operation's Javadoc";
  private static final String LINEAR = "linear algebra: the adjoint of a linear map";

  private FamilyLaws() {}

  /** All laws of a family but the contracts. */
  static List<Law<FamilyCase>> of(Family family) {
    List<Law<FamilyCase>> laws = new ArrayList<>();
    FamilySubject all = family.subject();
    laws.add(
        law(
            all,
            "agreement",
            "|f(x) - the float64 reference's| <= what its roundings cost, forward and backward;"
                + " exactly where nothing is rounded; indices are the same",
            DEFINITION,
            (b, c, trial) -> agreement(family, b, c, trial)));
    laws.add(
        law(
            all,
            "nan",
            "a NaN in x spoils what the reference says and nothing else",
            DEFINITION,
            (b, c, trial) -> nan(family, b, c, trial)));
    if (!family.linearOperations().isEmpty()) {
      FamilySubject linear = all.only(family.linearOperations());
      laws.add(
          law(
              linear,
              "adjoint",
              "(f(x), dy) = (x, df(dy)), within what sums of whole numbers are rounded by",
              LINEAR,
              (b, c, trial) -> adjoint(family, b, c, trial)));
      laws.add(
          law(
              linear,
              "powers-of-two",
              "f(8x) = 8·f(x) and df(8dy) = 8·df(dy), to the bit",
              "a power of two changes the exponent alone: IEEE 754-2019, §3.3",
              (b, c, trial) -> powersOfTwo(family, b, c, trial)));
    }
    if (!family.bijectiveOperations().isEmpty()) {
      laws.add(
          law(
              all.only(family.bijectiveOperations()),
              "round-trip",
              "df(f(x)) = x to the bit, and f(x) has the elements of x",
              "linear algebra: a permutation's transpose is its inverse",
              (b, c, trial) -> roundTrip(family, b, c, trial)));
    }
    return laws;
  }

  private static Law<FamilyCase> law(
      FamilySubject subject,
      String name,
      String formula,
      String source,
      Statement<FamilyCase> statement) {
    return new Law<>(subject.name() + "." + name, subject, formula, source, statement);
  }

  private static Calls.Data floats(Trial trial) {
    return new Calls.Data(trial::floats, trial.random());
  }

  /** On this variant and the next ones: what an operation leaves open are many things. */
  private static void agreement(Family family, Backend backend, FamilyCase c, Trial trial) {
    Offered.each(
        IntStream.range(0, VARIANTS)
            .<Runnable>mapToObj(v -> () -> agrees(family, backend, c.later(v), trial))
            .toList());
  }

  /** The reference's runs have the same data: they are drawn from the same seed. */
  private static void agrees(Family family, Backend backend, FamilyCase c, Trial trial) {
    long seed = trial.random().nextLong();
    List<Call> got = family.calls(backend, c, seeded(seed));
    List<Call> want = family.calls(Draw.REFERENCE, c, seeded(seed));
    Offered.each(
        IntStream.range(0, want.size())
            .<Runnable>mapToObj(i -> () -> compare(c + " ", want.get(i), got.get(i), trial))
            .toList());
  }

  private static void nan(Family family, Backend backend, FamilyCase c, Trial trial) {
    long seed = trial.random().nextLong();
    Call want = family.calls(Draw.REFERENCE, c, seeded(seed)).getFirst();
    Call got = family.calls(backend, c, seeded(seed)).getFirst();
    if (want.arguments().getFirst().isOutput()) {
      throw new UnsupportedOperationException("nothing is read by " + want.what());
    }
    int at = trial.random().nextInt(input(want).size());
    for (Call call : List.of(want, got)) {
      input(call).array()[input(call).offset() + at] = Float.NaN;
    }
    compare("", want, got, trial);
  }

  private static Calls.Data seeded(long seed) {
    return data(new SplittableRandom(seed));
  }

  /** Values in [-1, 1). */
  static Calls.Data data(SplittableRandom random) {
    return new Calls.Data(
        s -> {
          Tensor t = Tensor.zeros(s);
          for (int i = 0; i < t.size(); i++) {
            t.array()[i] = (float) (2 * random.nextDouble() - 1);
          }
          return t;
        },
        random);
  }

  private static void compare(String which, Call want, Call got, Trial trial) {
    Outcome expected = want.plain();
    Outcome actual = got.plain();
    int at = 0;
    for (Argument a : want.arguments()) {
      if (a.isOutput()) {
        Tensor w = expected.outputs().get(at).copy();
        Tensor g = actual.outputs().get(at++).copy();
        sameWhereNotFinite(w, g);
        double[] bounds = new double[w.size()];
        Arrays.setAll(bounds, i -> a.bound().of(i, w.array()[i]));
        trial.within(which + got.what() + " " + a.name(), w, g, bounds);
      }
    }
    Outcome.requireSameNumbers(trial, which + "as the reference has it", expected, actual);
  }

  /** NaN agrees with NaN, an infinity with itself: such pairs become 0. */
  private static void sameWhereNotFinite(Tensor w, Tensor g) {
    for (int i = 0; i < w.size(); i++) {
      if (!Float.isFinite(w.array()[i]) && Float.compare(w.array()[i], g.array()[i]) == 0) {
        w.array()[i] = 0;
        g.array()[i] = 0;
      }
    }
  }

  private static void adjoint(Family family, Backend backend, FamilyCase c, Trial trial) {
    List<Call> calls = family.calls(backend, c, new Calls.Data(trial::integers, trial.random()));
    Tensor x = input(calls.get(0));
    Tensor dy = input(calls.get(1));
    Tensor y = calls.get(0).plain().outputs().getFirst();
    Tensor dx = calls.get(1).plain().outputs().getFirst();
    // Whole numbers are up to 4, four times what the bounds are for.
    double bound = 4 * (allowed(calls.get(0), y, dy) + allowed(calls.get(1), dx, x));
    trial.within("(f(x), dy) and (x, df(dy))", dot(y, dy), dot(x, dx), bound);
  }

  private static Tensor input(Call call) {
    return call.arguments().getFirst().value();
  }

  private static double allowed(Call call, Tensor output, Tensor factors) {
    Bound bound =
        call.arguments().stream().filter(Argument::isOutput).findFirst().orElseThrow().bound();
    double sum = 0;
    for (int i = 0; i < output.size(); i++) {
      sum += bound.of(i, output.array()[i]) * Math.abs(factors.array()[factors.offset() + i]);
    }
    return sum;
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.array()[a.offset() + i] * b.array()[b.offset() + i];
    }
    return sum;
  }

  private static void powersOfTwo(Family family, Backend backend, FamilyCase c, Trial trial) {
    for (Call call : family.calls(backend, c, floats(trial)).subList(0, 2)) {
      Tensor once = call.plain().outputs().getFirst();
      Tensor[] copies = call.copies(Float.NaN);
      scale(copies[0]);
      Outcome got = call.outcome(copies, call.newWorkspace(1), Parallel.SEQUENTIAL);
      scale(once);
      trial.equal(call.what() + " of 8x", once, got.outputs().getFirst());
    }
  }

  private static void scale(Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      t.array()[t.offset() + i] *= FACTOR;
    }
  }

  private static void roundTrip(Family family, Backend backend, FamilyCase c, Trial trial) {
    List<Call> calls = family.calls(backend, c, floats(trial));
    Tensor x = input(calls.get(0));
    Tensor y = calls.get(0).plain().outputs().getFirst();
    Tensor[] copies = calls.get(1).copies(Float.NaN);
    copies[0] = y;
    Outcome back = calls.get(1).outcome(copies, calls.get(1).newWorkspace(1), Parallel.SEQUENTIAL);
    trial.sameBits("df(f(x))", x, back.outputs().getFirst());
    float[] before = x.toArray();
    float[] after = y.toArray();
    Arrays.sort(before);
    Arrays.sort(after);
    trial.require(Arrays.equals(before, after), () -> "f(x) has other elements than x");
  }
}
