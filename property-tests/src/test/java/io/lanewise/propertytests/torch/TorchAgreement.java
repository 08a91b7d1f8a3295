package io.lanewise.propertytests.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds a family's operations to PyTorch's results: every case on the fastest backend, the scalar
 * one and the reference. A subclass says how a case of each operation is run.
 */
abstract class TorchAgreement {
  private final String family;
  private final Map<String, Consumer<TorchRun>> ops;

  /**
   * For one family.
   *
   * @param family the name of its files
   * @param ops by the name of an operation, what runs a case and compares every result
   */
  TorchAgreement(String family, Map<String, Consumer<TorchRun>> ops) {
    this.family = family;
    this.ops = new TreeMap<>(ops);
  }

  @TestFactory
  List<DynamicTest> operationsAgree() throws IOException {
    Map<String, List<TorchCase>> byOp = new LinkedHashMap<>();
    for (TorchCase each : TorchCases.read(family)) {
      byOp.computeIfAbsent(each.op(), op -> new ArrayList<>()).add(each);
    }
    assertEquals(ops.keySet(), new TreeMap<>(byOp).keySet(), "operations run and stored");
    List<DynamicTest> tests = new ArrayList<>();
    byOp.forEach(
        (op, cases) -> {
          String name = op + ", " + cases.size() + " cases";
          tests.add(DynamicTest.dynamicTest(name, () -> run(ops.get(op), cases)));
        });
    return tests;
  }

  private static void run(Consumer<TorchRun> op, List<TorchCase> cases) {
    for (TorchCase each : cases) {
      for (Backend backend :
          List.of(new ReferenceBackend(), CpuBackend.scalar(), CpuBackend.best())) {
        TorchRun run = new TorchRun(each, backend);
        op.accept(run);
        run.requireAll();
      }
    }
  }
}
