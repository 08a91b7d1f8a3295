package io.lanewise.propertytests.onnxruntime;

import io.lanewise.propertytests.Verdict;
import java.util.List;

/**
 * Laws whose verdict for ONNX Runtime is another than for our backends, for one reason.
 *
 * @param verdict what ONNX Runtime gets
 * @param everywhere false if it depends on the processor: other kernels run on another one
 * @param why the reason
 * @param laws their names
 */
record KnownDifference(Verdict verdict, boolean everywhere, String why, List<String> laws) {
  static KnownDifference fails(String why, String... laws) {
    return new KnownDifference(Verdict.FAILS, true, why, List.of(laws));
  }

  static KnownDifference failsOnSomeProcessors(String why, String... laws) {
    return new KnownDifference(Verdict.FAILS, false, why, List.of(laws));
  }

  static KnownDifference notOffered(String why, String... laws) {
    return new KnownDifference(Verdict.NOT_OFFERED, true, why, List.of(laws));
  }
}
