package io.lanewise.propertytests;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/**
 * A set of laws, and how they are checked; all there are is {@code law.Laws.ALL}:
 *
 * <pre>{@code
 * LawReport report = LawBook.of(Laws.ALL).cases(200).check(Backend.best());
 * }</pre>
 *
 * <p>Immutable. The same settings give the same cases on every machine.
 */
public final class LawBook {
  private static final int GENERATOR_SIZE = 1000;
  private static final int WORKERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Law<?>> laws;
  private final int cases;
  private final long seed;
  private final boolean stopsAtFailure;
  private final Duration patience;

  private LawBook(
      List<Law<?>> laws, int cases, long seed, boolean stopsAtFailure, Duration patience) {
    this.laws = List.copyOf(laws);
    this.cases = cases;
    this.seed = seed;
    this.stopsAtFailure = stopsAtFailure;
    this.patience = patience;
  }

  /** The laws given; 100 cases each. */
  public static LawBook of(List<? extends Law<?>> laws) {
    return new LawBook(List.copyOf(laws), 100, 1, false, PATIENCE);
  }

  /** The laws, in the order in which they are checked. */
  public List<Law<?>> laws() {
    return laws;
  }

  /** Only the laws that {@code wanted} accepts. */
  public LawBook only(Predicate<Law<?>> wanted) {
    return new LawBook(
        laws.stream().filter(wanted).toList(), cases, seed, stopsAtFailure, patience);
  }

  /** This many cases a law, besides the regressions. */
  public LawBook cases(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("cases must be at least 1, got " + n);
    }
    return new LawBook(laws, n, seed, stopsAtFailure, patience);
  }

  /** Another seed, other cases. */
  public LawBook seed(long s) {
    return new LawBook(laws, cases, s, stopsAtFailure, patience);
  }

  /** The same, but the first failing case, once shrunk, ends the run: the report ends there too. */
  public LawBook untilFirstFailure() {
    return new LawBook(laws, cases, seed, true, patience);
  }

  /**
   * How long the cases of a law may wait, together, for what holds of compiled code alone, such as
   * that it allocates nothing; 10 seconds of processor time unless told otherwise. Zero will do for
   * a backend of plain Java, which need not be compiled to allocate nothing.
   */
  public LawBook patience(Duration time) {
    return new LawBook(laws, cases, seed, stopsAtFailure, time);
  }

  /** Checks all laws on a backend. */
  public LawReport check(Backend backend) {
    return check(backend, result -> {});
  }

  /**
   * Checks all laws on a backend.
   *
   * @param progress told of each law when it is done
   */
  public LawReport check(Backend backend, Consumer<LawResult> progress) {
    try (ForkJoinTeam team = ForkJoinTeam.of(WORKERS)) {
      Trials trials = new Trials(backend, team, patience);
      List<LawResult> results = new ArrayList<>();
      Set<String> shapes = new HashSet<>();
      JqwikSession.run(
          () -> {
            for (Law<?> law : laws) {
              LawResult result = check(law, trials, shapes);
              results.add(result);
              progress.accept(result);
              if (stopsAtFailure && result.verdict() == Verdict.FAILS) {
                return;
              }
            }
          });
      return new LawReport(backend.describe(), results, shapes.size());
    }
  }

  /**
   * Repeats one case.
   *
   * @param shape as a failure printed it
   * @throws IllegalArgumentException if no law has this name or the shape is not one
   */
  public Case repeat(String law, String shape, long caseSeed, Backend backend) {
    Law<?> found =
        laws.stream()
            .filter(l -> l.name().equals(law))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no law is named '" + law + "'"));
    try (ForkJoinTeam team = ForkJoinTeam.of(WORKERS)) {
      return repeat(found, shape, caseSeed, new Trials(backend, team, patience));
    }
  }

  private static <S> Case repeat(Law<S> law, String shape, long caseSeed, Trials trials) {
    return trials.run(law, law.subject().parse(shape), caseSeed);
  }

  private <S> LawResult check(Law<S> law, Trials trials, Set<String> shapes) {
    // A law's cases do not depend on which other laws run.
    Random random = new Random(seed * 1_000_003 + law.name().hashCode());
    Tally<S> tally = new Tally<>(law);
    Iterator<S> all = shapes(law.subject(), random);
    while (all.hasNext() && !(stopsAtFailure && tally.verdict == Verdict.FAILS)) {
      S shape = all.next();
      shapes.add(shape.toString());
      tally.add(trials, shape, random.nextLong());
    }
    return tally.result();
  }

  private <S> Iterator<S> shapes(Subject<S> subject, Random random) {
    if (subject.all().isPresent()) {
      return subject.all().get().iterator();
    }
    RandomGenerator<S> generator = subject.shapes().generator(GENERATOR_SIZE, true);
    Stream<S> drawn = Stream.generate(() -> generator.next(random).value()).limit(cases);
    return Stream.concat(subject.regressions().stream(), drawn).iterator();
  }

  /** Counts the cases of one law; the first failure is shrunk. */
  private static final class Tally<S> {
    private final Law<S> law;
    private int cases;
    private int notOffered;
    private double worst;
    private Verdict verdict = Verdict.HOLDS;
    private Case failure;
    private String reason;

    Tally(Law<S> law) {
      this.law = law;
    }

    void add(Trials trials, S shape, long caseSeed) {
      Case c = trials.run(law, shape, caseSeed);
      if (c.verdict() == Verdict.NOT_OFFERED) {
        notOffered++;
        reason = reason == null ? c.detail().orElse(null) : reason;
        return;
      }
      cases++;
      worst = Math.max(worst, c.worst());
      if (c.verdict().compareTo(verdict) > 0) {
        verdict = c.verdict();
        failure = c.verdict() == Verdict.FAILS ? trials.shrink(law, shape, c) : c;
      }
    }

    LawResult result() {
      Verdict all = cases == 0 && notOffered > 0 ? Verdict.NOT_OFFERED : verdict;
      return new LawResult(
          law,
          cases,
          notOffered,
          worst,
          all,
          Optional.ofNullable(failure),
          Optional.ofNullable(reason));
    }
  }
}
