package io.lanewise.propertytests.onnxruntime;

import io.lanewise.propertytests.LawResult;
import io.lanewise.propertytests.Verdict;
import java.util.List;

/**
 * Laws whose verdict for ONNX Runtime is another than for our backends, for one reason.
 *
 * @param verdict what ONNX Runtime gets
 * @param everywhere false if it depends on the processor: other kernels run on another one
 * @param what the laws' names; or, if they are not offered, parts of the adapter's reasons, which
 *     stand for all laws that are not offered because of them
 * @param why in words
 */
record KnownDifference(Verdict verdict, boolean everywhere, List<String> what, String why) {
  static KnownDifference fails(String why, String... laws) {
    return new KnownDifference(Verdict.FAILS, true, List.of(laws), why);
  }

  static KnownDifference failsOnSomeProcessors(String why, String... laws) {
    return new KnownDifference(Verdict.FAILS, false, List.of(laws), why);
  }

  static KnownDifference notOffered(String why, String... reasons) {
    return new KnownDifference(Verdict.NOT_OFFERED, true, List.of(reasons), why);
  }

  /** True if {@code part}, one of {@link #what}, explains this result. */
  boolean explains(String part, LawResult r) {
    if (r.verdict() != verdict) {
      return false;
    }
    return verdict == Verdict.NOT_OFFERED
        ? r.reason().orElse("").contains(part)
        : r.law().name().equals(part);
  }

  boolean explains(LawResult r) {
    return what.stream().anyMatch(part -> explains(part, r));
  }
}
