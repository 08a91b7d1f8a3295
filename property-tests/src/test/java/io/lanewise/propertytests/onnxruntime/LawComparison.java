package io.lanewise.propertytests.onnxruntime;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Law;
import io.lanewise.propertytests.LawBook;
import io.lanewise.propertytests.LawReport;
import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import io.lanewise.propertytests.bits.BitsLaws;
import io.lanewise.propertytests.law.Laws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The law-book on three backends; the results stand in the same order in all of them.
 *
 * @param cases of each law
 * @param best on our best backend
 * @param scalar on our scalar backend
 * @param rival on ONNX Runtime
 */
record LawComparison(int cases, LawReport best, LawReport scalar, LawReport rival) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The law-book on ONNX Runtime. */
  static LawReport rival(int cases) {
    String name = OnnxRuntimeBackend.class.getName();
    return check(cases, name, new OnnxRuntimeBackend(), Duration.ofSeconds(1));
  }

  /** The rest, beside it. */
  static LawComparison with(LawReport rival, int cases) {
    LawReport best = check(cases, "best", Backend.best(), PATIENCE);
    LawReport scalar = check(cases, "scalar", CpuBackend.scalar(), PATIENCE);
    return new LawComparison(cases, best, scalar, rival);
  }

  private static LawReport check(int cases, String name, Backend backend, Duration patience) {
    // The other laws about bits are about flags of the JVM, which a native library does not see.
    Stream<Law<String>> bits =
        BitsLaws.of(BackendName.of(name)).stream().filter(l -> l.name().equals("bits.plain"));
    List<Law<?>> laws = Stream.concat(Laws.ALL.stream(), bits).<Law<?>>map(l -> l).toList();
    return LawBook.of(laws).cases(cases).patience(patience).check(backend);
  }

  /**
   * What is not as the list says, in words: differences that it lacks, entries without one. Ours
   * keep every law.
   *
   * @param sameProcessor false if the list was written on another one: entries that depend on it
   *     then need not have a difference
   */
  static List<String> surprises(
      LawReport rival, List<KnownDifference> known, boolean sameProcessor) {
    List<String> surprises = new ArrayList<>();
    List<LawResult> differing =
        rival.results().stream().filter(r -> r.verdict() != Verdict.HOLDS).toList();
    for (LawResult theirs : differing) {
      if (known.stream().noneMatch(d -> d.explains(theirs))) {
        surprises.add("not explained: " + describe(theirs));
      }
    }
    for (KnownDifference d : known) {
      for (String part : d.what()) {
        boolean found = differing.stream().anyMatch(r -> d.explains(part, r));
        if (!found && (sameProcessor || d.everywhere())) {
          surprises.add("explained, but there is no such difference: " + part);
        }
      }
    }
    return surprises;
  }

  private static String describe(LawResult r) {
    return r.law().name()
        + " "
        + r.verdict()
        + r.failure().map(c -> ": " + c.line()).orElse("")
        + (r.verdict() == Verdict.NOT_OFFERED ? r.reason().map(w -> ": " + w).orElse("") : "");
  }
}
