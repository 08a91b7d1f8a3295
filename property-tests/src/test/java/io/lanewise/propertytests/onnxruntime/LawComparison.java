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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  static LawComparison run(int cases) {
    return new LawComparison(
        cases,
        check(cases, "best", Backend.best()),
        check(cases, "scalar", CpuBackend.scalar()),
        check(cases, OnnxRuntimeBackend.class.getName(), new OnnxRuntimeBackend()));
  }

  private static LawReport check(int cases, String name, Backend backend) {
    // The other laws about bits are about flags of the JVM, which a native library does not see.
    Stream<Law<String>> bits =
        BitsLaws.of(BackendName.of(name)).stream().filter(l -> l.name().equals("bits.plain"));
    List<Law<?>> laws = Stream.concat(Laws.ALL.stream(), bits).<Law<?>>map(l -> l).toList();
    return LawBook.of(laws).cases(cases).check(backend);
  }

  /** What is not as the list says, in words: differences that it lacks, entries without one. */
  List<String> surprises(List<KnownDifference> known) {
    Map<String, KnownDifference> byLaw = new TreeMap<>();
    known.forEach(d -> d.laws().forEach(law -> byLaw.put(law, d)));
    List<String> surprises = new ArrayList<>();
    for (int i = 0; i < rival.results().size(); i++) {
      LawResult theirs = rival.results().get(i);
      KnownDifference d = byLaw.remove(theirs.law().name());
      boolean differs = theirs.verdict() != best.results().get(i).verdict();
      if (differs && (d == null || d.verdict() != theirs.verdict())) {
        surprises.add("not explained: " + describe(theirs));
      } else if (!differs && d != null && d.everywhere()) {
        surprises.add("explained, but there is no difference: " + describe(theirs));
      }
    }
    byLaw.keySet().forEach(law -> surprises.add("explained, but there is no such law: " + law));
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
