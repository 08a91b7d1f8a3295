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

  static LawComparison run(int cases) {
    return new LawComparison(
        cases,
        check(cases, "best", Backend.best(), PATIENCE),
        check(cases, "scalar", CpuBackend.scalar(), PATIENCE),
        check(
            cases,
            OnnxRuntimeBackend.class.getName(),
            new OnnxRuntimeBackend(),
            Duration.ofSeconds(1)));
  }

  private static LawReport check(int cases, String name, Backend backend, Duration patience) {
    // The other laws about bits are about flags of the JVM, which a native library does not see.
    Stream<Law<String>> bits =
        BitsLaws.of(BackendName.of(name)).stream().filter(l -> l.name().equals("bits.plain"));
    List<Law<?>> laws = Stream.concat(Laws.ALL.stream(), bits).<Law<?>>map(l -> l).toList();
    return LawBook.of(laws).cases(cases).patience(patience).check(backend);
  }

  /**
   * What is not as the list says, in words: differences that it lacks, entries without one.
   *
   * @param sameProcessor false if the list was written on another one: entries that depend on it
   *     then need not have a difference
   */
  List<String> surprises(List<KnownDifference> known, boolean sameProcessor) {
    List<String> surprises = new ArrayList<>();
    List<LawResult> differing = new ArrayList<>();
    for (int i = 0; i < rival.results().size(); i++) {
      LawResult theirs = rival.results().get(i);
      if (differs(theirs.verdict(), best.results().get(i).verdict())) {
        differing.add(theirs);
        if (known.stream().noneMatch(d -> d.explains(theirs))) {
          surprises.add("not explained: " + describe(theirs));
        }
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

  private static boolean differs(Verdict theirs, Verdict ours) {
    return theirs != Verdict.HOLDS
        && !(theirs == Verdict.NOT_OFFERED && ours == Verdict.NOT_OFFERED);
  }

  private static String describe(LawResult r) {
    return r.law().name()
        + " "
        + r.verdict()
        + r.failure().map(c -> ": " + c.line()).orElse("")
        + (r.verdict() == Verdict.NOT_OFFERED ? r.reason().map(w -> ": " + w).orElse("") : "");
  }
}
