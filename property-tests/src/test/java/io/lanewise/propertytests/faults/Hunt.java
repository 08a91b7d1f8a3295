package io.lanewise.propertytests.faults;

import io.lanewise.propertytests.Case;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.law.Laws;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the law-book makes of a faulty backend: the laws about the faulty operation, first with few
 * cases each, then with more.
 */
final class Hunt {
  /** Cases of a law that find nearly all: few beside the law-book's default. */
  static final int MOST_CASES = 40;

  /** The last is the law-book's default: for families, whose cases are about many operations. */
  private static final List<Integer> ROUNDS = List.of(5, 20, MOST_CASES, 100);

  /**
   * The catch.
   *
   * @param law the law that did not hold
   * @param cases how many of its cases it took
   * @param shrunk the failing case, shrunk
   */
  record Catch(String law, int cases, Case shrunk) {}

  private Hunt() {}

  /** The first law that notices; none if every law holds. */
  static Optional<Catch> of(Fault fault) {
    SeededBackend faulty = new SeededBackend(fault);
    LawBook laws = laws(fault.place()::isSubjectOf);
    return ROUNDS.stream()
        .flatMap(cases -> failure(laws.cases(cases), faulty).stream())
        .findFirst();
  }

  /** The laws asked for, but what an operation allocates: the seeded loops are naive. */
  static LawBook laws(Predicate<Law<?>> wanted) {
    return LawBook.of(Laws.ALL)
        .only(wanted)
        .only(law -> !law.name().endsWith(".contract-allocation"));
  }

  private static Optional<Catch> failure(LawBook laws, SeededBackend faulty) {
    LawReport report = laws.untilFirstFailure().check(faulty);
    LawResult last = report.results().getLast();
    return last.verdict() == Verdict.FAILS
        ? Optional.of(new Catch(last.law().name(), last.cases(), last.failure().orElseThrow()))
        : Optional.empty();
  }
}
